import type { EntrySections } from '#practices/registry/model/entry-sections.ts';
import type { RegistryAction, RegistryState } from '#practices/registry/model/registry.lifecycle.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';

/** What people do with an enterprise's entry, whatever carries it: a call in the process or over HTTP. Every refusal is thrown as a Failure. */
export interface RegistryHands<A extends string = RegistryAction> {
  open(who: string): Promise<string>;
  /** `before` is what the person saw in the section when they began. */
  save(
    who: string,
    id: string,
    section: string,
    before: Readonly<Record<string, unknown>>,
    values: object,
  ): Promise<void>;
  attach(who: string, id: string, part: string, key: string, bytes: Uint8Array): Promise<string>;
  step(who: string, id: string, action: A, input?: object): Promise<string>;
  view(who: string, id: string): Promise<EntryView>;
}

/** Who acts on an entry: user names. */
export interface RegistryCast {
  readonly clerk: string;
  readonly first: string;
  readonly second: string;
}

/** One entry on its way. */
export interface EntryWalker {
  readonly hands: RegistryHands;
  readonly cast: RegistryCast;
  readonly values: EntrySections;
  readonly picture: (part: string) => Uint8Array;
  readonly newKey: () => string;
  /** Resolves when the company register has answered. */
  readonly settle: () => Promise<void>;
}

/** What it takes to fill an entry, of whichever registry. */
export type EntryFiller = Pick<EntryWalker, 'values' | 'picture' | 'newKey'> & {
  readonly hands: Omit<RegistryHands, 'step'>;
  readonly cast: Pick<RegistryCast, 'clerk'>;
};

/** Fills every section and puts every demanded attachment in its place, but those already there. */
export const fillEntry = async (walker: EntryFiller, id: string): Promise<void> => {
  const { hands, cast, values, picture, newKey } = walker;
  const before = await hands.view(cast.clerk, id);
  for (const section of before.sections.filter(({ editable }) => editable))
    await hands.save(cast.clerk, id, section.id, section.values, values[section.id] ?? {});
  for (const { part, required } of before.places) {
    if (!required || before.files.some((file) => file.part === part)) continue;
    await hands.attach(cast.clerk, id, part, newKey(), picture(part));
  }
};

/** Walks a newly opened entry to a state by the shortest way. Errors: throws what stood in the way. */
export const walkEntryTo = async (walker: EntryWalker, wanted: RegistryState): Promise<string> => {
  const { hands, cast, settle } = walker;
  const id = await hands.open(cast.clerk);
  if (wanted === 'drafting') return id;
  await fillEntry(walker, id);
  await hands.step(cast.clerk, id, 'submit');
  if (wanted === 'firstReview') return id;
  await settle();
  if (wanted === 'refused') {
    await hands.step(cast.first, id, 'refuseFirst', { reason: '申报材料与实际情况不符' });
    return id;
  }
  await hands.step(cast.first, id, 'passFirst', { reason: '材料齐全，信息与法人库核对过' });
  if (wanted === 'secondReview') return id;
  await hands.step(cast.second, id, 'passSecond', { reason: '同意入库' });
  if (wanted === 'removed') await hands.step(cast.second, id, 'remove', { reason: '企业已停止经营，移出对象库' });
  return id;
};
