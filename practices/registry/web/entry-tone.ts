import type { StateTone } from '#web-kit/StateTag.tsx';
import type { EntryRow } from '../model/registry.views.ts';

/** Whom an entry waits for or how it ended, for the colour of its state. A later round in the drafting state means somebody sent it back. */
export const entryTone = ({ state, returned }: { readonly state: string; readonly returned: boolean }): StateTone => {
  switch (state) {
    case 'registered':
      return 'done';
    case 'refused':
      return 'refused';
    case 'removed':
      return 'idle';
    case 'drafting':
      return returned ? 'returned' : 'ours';
    default:
      return 'ours';
  }
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
