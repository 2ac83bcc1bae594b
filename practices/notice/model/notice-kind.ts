import type { Source } from '#kernel/source/source.ts';
import type { Channel } from './channel.ts';
import { type Slots, slotsIn, valueTypes } from './notice-value.ts';

/** Kinds that belong together: one filter in the list, one line of a person's own settings. */
export interface NoticeGroup {
  readonly id: string;
  readonly title: string;
}

/** What of a kind leaves the house. */
export interface OutsideText {
  /** Short, and of values only that say nothing of who anybody is. */
  readonly text: string;
  /** The ways taken unless the recipient chose otherwise. */
  readonly channels: readonly Channel[];
  /** The ways the recipient cannot switch off. */
  readonly bound?: readonly Channel[];
  /** Sent by short message in quiet hours too. */
  readonly urgent?: boolean;
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
  /** By short message and mail; null for what is told in the system alone. */
  readonly outside: OutsideText | null;
  /** Told to those who hold this permission on the matter, of the organisation told or of the platform. */
  readonly permission: string;
}

/** Declares a kind; the value is frozen. Errors: throws when a text has a slot that is not declared, or lets out what must not leave the house. */
export const noticeKind = <const V extends Slots>(kind: NoticeKind<V>): NoticeKind<V> => {
  const outside = slotsIn(kind.outside?.text ?? '');
  const unknown = [...slotsIn(kind.text), ...outside].filter((name) => !Object.hasOwn(kind.slots, name));
  if (unknown.length > 0) throw new Error(`${kind.id} has no slot ${unknown.join(', ')}`);
  const kept = outside.filter((name) => !valueTypes[kind.slots[name] ?? 'plate'].leaves);
  if (kept.length > 0) throw new Error(`${kind.id} lets out ${kept.join(', ')}`);
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
