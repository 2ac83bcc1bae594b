import type { Ability, CaseView } from '../../model/vehicle-case.views.ts';

const reviewStates: ReadonlySet<string> = new Set([
  'deskReview',
  'confirming',
  'entryReview',
  'dismantleReview',
  'correctionReview',
  'identityReview',
  'identityConfirming',
]);

/** The keys of the review page. Source: shared design specification (A pass, R return, N next). */
export type ReviewKey = 'pass' | 'return' | 'next';

/** Whether this person is here to judge: the case rests at a review and they may pass or return it. */
export const isReviewer = (view: Pick<CaseView, 'state' | 'abilities'>): boolean =>
  reviewStates.has(view.state) && view.abilities.some(({ tone }) => tone === 'primary' || tone === 'return');

/** The ability a key of the review page stands for. */
export const abilityFor = (abilities: readonly Ability[], key: 'pass' | 'return'): Ability | undefined =>
  abilities.find(({ tone }) => tone === (key === 'pass' ? 'primary' : 'return'));

/** What a key press asks for; undefined for every other key and for keys pressed with a modifier. */
export const reviewKeyOf = (event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): ReviewKey | undefined => {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const keys: Readonly<Record<string, ReviewKey>> = { a: 'pass', r: 'return', n: 'next' };
  return keys[event.key.toLowerCase()];
};

/** The case after this one among those that wait for the person; the first again after the last, undefined when there is no other. */
export const nextAfter = (ids: readonly string[], current: string): string | undefined => {
  const others = ids.filter((id) => id !== current);
  const at = ids.indexOf(current);
  return at === -1 ? others[0] : (ids[at + 1] ?? others[0]);
};

const order = { primary: 0, return: 1, danger: 2, plain: 3 } as const;

/** Abilities as they are offered: going on first, sending back next, ending last, side matters apart. */
export const abilitiesInOrder = (abilities: readonly Ability[]): readonly Ability[] =>
  [...abilities].sort((a, b) => order[a.tone] - order[b.tone]);
