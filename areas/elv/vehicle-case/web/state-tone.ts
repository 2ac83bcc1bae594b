import type { SolidTone } from '#web-kit/SolidTag.tsx';
import type { StateTone } from '#web-kit/StateTag.tsx';
import type { CaseRow, HoldCode } from '../model/vehicle-case.views.ts';

/** Final states by how they ended; anything else final counts as done. */
const endings: Readonly<Record<string, StateTone>> = {
  refused: 'refused',
  discarded: 'idle',
  withdrawn: 'idle',
  wronglyDismantled: 'refused',
};

/** States in which the enterprise fills in; a later round there means somebody sent the case back. */
const enterpriseStates: ReadonlySet<string> = new Set([
  'intake',
  'handedOver',
  'dismantling',
  'correcting',
  'identityCorrecting',
  'certified',
]);

/** Whom a case waits for or how it ended, for the colour of its state. */
export const stateTone = ({ state, stateKind, round }: Pick<CaseRow, 'state' | 'stateKind' | 'round'>): StateTone => {
  if (stateKind === 'wait') return 'outside';
  if (stateKind === 'final') return endings[state] ?? 'done';
  if (state === 'reportRefused') return 'refused';
  return round > 1 && enterpriseStates.has(state) ? 'returned' : 'ours';
};

/** A frozen case is a matter for the police; any other hold ends by itself. */
export const holdTone = (code: HoldCode): SolidTone => (code === 'frozen' ? 'red' : 'outline');
