import type { StateTone } from '#web-kit/StateTag.tsx';

const tones: Readonly<Record<string, StateTone>> = {
  proposed: 'ours',
  active: 'done',
  refused: 'refused',
  revoked: 'refused',
};

/** How the state of a system is shown. */
export const systemTone = (state: string): StateTone => tones[state] ?? 'idle';
