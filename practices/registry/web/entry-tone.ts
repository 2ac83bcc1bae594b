import type { StateTone } from '#web-kit/StateTag.tsx';
import type { RegistryFlow } from '../model/flow.ts';
import type { EntryRow } from '../model/registry.views.ts';

/** Whom an entry waits for or how it ended, for the colour of its state. A later round in a state to be filled means somebody sent it back. */
export const entryTone = (
  { looks, lifecycle }: RegistryFlow,
  { state, returned }: { readonly state: string; readonly returned: boolean },
): StateTone => {
  const look = looks[state];
  if (look) return look;
  return returned && lifecycle.states[state]?.editable ? 'returned' : 'ours';
};

/** How a validity stands, in a word and a colour; a word, since colour is never the only sign. */
export const validityTag = ({
  standing,
  daysLeft,
}: EntryRow['validity']): { readonly tone: StateTone; readonly word: string } | null => {
  if (standing === 'lapsed') return { tone: 'refused', word: `已过期 ${-(daysLeft ?? 0)} 天` };
  if (standing === 'lapsing') return { tone: 'returned', word: daysLeft === 0 ? '今天到期' : `${daysLeft} 天后到期` };
  return null;
};
