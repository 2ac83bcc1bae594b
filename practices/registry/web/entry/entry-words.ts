import type { RegistryFlow } from '../../model/flow.ts';
import type { EntryAbility } from '../../model/registry.views.ts';

const order: Readonly<Record<EntryAbility['tone'], number>> = { primary: 0, return: 1, danger: 2, plain: 3 };

/** Main actions first, what ends the matter last. */
export const inOrder = (abilities: readonly EntryAbility[]): readonly EntryAbility[] =>
  [...abilities].sort((a, b) => order[a.tone] - order[b.tone]);

/** Whether these are the abilities of somebody who judges the entry. */
export const isReviewer = ({ judging }: RegistryFlow, abilities: readonly EntryAbility[]): boolean =>
  abilities.some(({ action }) => judging.includes(action));
