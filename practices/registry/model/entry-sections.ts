import type { AnyDraft } from '#kernel/fields/field.ts';

/** The values of an entry by section. */
export type EntrySections = Readonly<Record<string, AnyDraft>>;

/** Where a value of an entry stands. */
export interface FieldPlace {
  readonly section: string;
  readonly field: string;
}

/** A value of a set of sections as text; null where nothing stands. */
export const textAt = (sections: EntrySections, { section, field }: FieldPlace): string | null => {
  const value = sections[section]?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
};
