import type { AnyDraft, Fields } from '#kernel/fields/field.ts';
import { isShown } from '#kernel/fields/field.ts';
import type { CaseView, SectionId } from '../../model/vehicle-case.views.ts';

/** One section as the case has it. */
export type SectionView = CaseView['sections'][number];

const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

/** The parts that every case has from its first day. */
const fromTheStart: ReadonlySet<SectionId> = new Set(['papers', 'owner', 'agent']);

/** The sections worth showing: those from the first day, those being filled now, and those that hold something. */
export const sectionsShown = (view: Pick<CaseView, 'sections' | 'photos' | 'handedOverAt'>): readonly SectionView[] =>
  view.sections.filter(
    ({ id, editable, values }) =>
      fromTheStart.has(id) ||
      editable ||
      Object.values(values).some(isFilled) ||
      view.photos.some(({ section }) => section === id) ||
      (id === 'tow' && view.handedOverAt !== null),
  );

/** Which sections stand open at first: those being filled; when none is, all of them. */
export const sectionsOpen = (shown: readonly SectionView[]): ReadonlySet<SectionId> => {
  const editable = shown.filter((section) => section.editable);
  return new Set((editable.length > 0 ? editable : shown).map(({ id }) => id));
};

/** How much of what a section asks for is there. */
export interface Progress {
  readonly filled: number;
  readonly asked: number;
}

/** How many of the fields that must be filled are, given what applies now. */
export const fieldProgress = (fields: Fields, values: AnyDraft): Progress => {
  const asked = Object.entries(fields).filter(([, field]) => !field.optional && isShown(field, values));
  const given = (value: unknown): boolean => isFilled(value) || value === false;
  return { filled: asked.filter(([name]) => given(values[name])).length, asked: asked.length };
};
