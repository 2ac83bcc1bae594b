import type { StateTone } from '#web-kit/StateTag.tsx';
import type { WithdrawalState } from '../model/withdrawal.lifecycle.ts';

const tones: Readonly<Record<WithdrawalState, StateTone>> = {
  drafting: 'ours',
  internalReview: 'ours',
  commissionReview: 'ours',
  withdrawingNationally: 'outside',
  nationalRefused: 'refused',
  awaitingTakeOver: 'ours',
  granted: 'done',
  handedOn: 'done',
  declined: 'idle',
  refused: 'refused',
  recalled: 'idle',
};

/** Whom a withdrawal waits for or how it ended, for the colour of its state. */
export const withdrawalTone = (state: string): StateTone =>
  // The server sends the definition's states only.
  tones[state as WithdrawalState];
