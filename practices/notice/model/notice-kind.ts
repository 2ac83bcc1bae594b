import type { Source } from '#kernel/source/source.ts';
import { type Slots, slotsIn } from './notice-value.ts';

/** Kinds that belong together: one filter in the list. */
export interface NoticeGroup {
  readonly id: string;
  readonly title: string;
}

/** One thing people are told of. */
export interface NoticeKind<V extends Slots = Slots> {
  /** `area.matter.event`: `elv.vehicle-case.returned`. */
  readonly id: string;
  readonly group: NoticeGroup;
  readonly source: Source;
  readonly title: string;
  /** What is read, with slots: `案卷 {caseNo} 被退回`. */
  readonly text: string;
  readonly slots: V;
  /** Told to those who hold this permission on the matter, of the organisation told or of the platform. */
  readonly permission: string;
}

/** Declares a kind; the value is frozen. Errors: throws when its text has a slot that is not declared. */
export const noticeKind = <const V extends Slots>(kind: NoticeKind<V>): NoticeKind<V> => {
  const unknown = slotsIn(kind.text).filter((name) => !Object.hasOwn(kind.slots, name));
  if (unknown.length > 0) throw new Error(`${kind.id} has no slot ${unknown.join(', ')}`);
  return Object.freeze(kind);
};

/** What a lifecycle names to have people told. */
export const telling = ({ id }: Pick<NoticeKind, 'id'>): { readonly do: 'tell'; readonly notice: string } => ({
  do: 'tell',
  notice: id,
});

/** The kind of that name. Errors: throws where there is none, which is a defect of a lifecycle. */
export const kindNamed = <K extends Pick<NoticeKind, 'id'>>(kinds: Readonly<Record<string, K>>, id: string): K => {
  const found = Object.values(kinds).find((one) => one.id === id);
  if (!found) throw new Error(`there is no notice ${id}`);
  return found;
};
