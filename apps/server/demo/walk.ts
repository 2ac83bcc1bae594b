import { randomUUID } from 'node:crypto';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import type { VehicleCaseAction, VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { CaseView, SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { fillingOf } from './filling.ts';
import type { Hands } from './hands.ts';

/** Who acts in a walk: user names. */
export interface Cast {
  readonly clerk: string;
  readonly desk: string;
  readonly commission: string;
}

/** One case on its way. */
export interface Walker {
  readonly hands: Hands;
  readonly clock: Clock;
  readonly cast: Cast;
  readonly vehicle: SimulatedVehicle;
  readonly registered: boolean;
  /** The picture for a photograph place. */
  readonly photo: (part: string, vehicle: SimulatedVehicle) => Uint8Array;
}

/** Resolves when the outside systems have answered what was asked about a case. */
export type Settle = (id: string) => Promise<void>;

/** What the person whose turn it is does next in a state, when all goes well. States that wait for an outside system have none. */
const turns: Readonly<
  Partial<
    Record<
      VehicleCaseState,
      { readonly by: keyof Cast; readonly fills: readonly SectionId[]; readonly action: VehicleCaseAction }
    >
  >
> = {
  intake: { by: 'clerk', fills: ['papers', 'owner', 'agent'], action: 'submit' },
  deskReview: { by: 'desk', fills: [], action: 'passDesk' },
  confirming: { by: 'commission', fills: [], action: 'confirm' },
  admitted: { by: 'clerk', fills: ['tow'], action: 'handOver' },
  handedOver: { by: 'clerk', fills: ['entry'], action: 'enter' },
  entryReview: { by: 'commission', fills: [], action: 'passEntry' },
  dismantling: { by: 'clerk', fills: ['dismantling'], action: 'submitDismantling' },
  dismantleReview: { by: 'commission', fills: [], action: 'passDismantling' },
  reportRefused: { by: 'commission', fills: [], action: 'resendReport' },
  correcting: { by: 'clerk', fills: [], action: 'submitCorrection' },
  correctionReview: { by: 'commission', fills: [], action: 'passCorrection' },
  identityCorrecting: { by: 'clerk', fills: ['papers'], action: 'submitIdentity' },
  identityReview: { by: 'desk', fills: [], action: 'passIdentity' },
  identityConfirming: { by: 'commission', fills: [], action: 'confirmIdentity' },
  certified: { by: 'clerk', fills: ['deregistration'], action: 'reportDeregistration' },
  deregistered: { by: 'clerk', fills: ['collection'], action: 'collect' },
};

/** Opens a case for the walker's vehicle; answers its id. */
export const openFor = async ({ hands, cast, registered }: Walker): Promise<string> =>
  (await hands.open(cast.clerk, randomUUID(), registered)).id;

/** Fills the sections and takes every photograph they ask for, but those already there. */
export const fill = async (walker: Walker, id: string, sections: readonly SectionId[]): Promise<void> => {
  const { hands, cast, vehicle, registered, clock, photo } = walker;
  const opened = await hands.view(cast.clerk, id);
  for (const section of sections) {
    const before = opened.sections.find((one) => one.id === section)?.values ?? {};
    await hands.save(cast.clerk, id, section, before, fillingOf(section, { vehicle, registered, now: clock.now() }));
  }
  const { slots, photos } = await hands.view(cast.clerk, id);
  for (const slot of slots) {
    const there = photos.some(({ part }) => part === slot.part);
    if (!slot.required || there || !sections.includes(slot.section)) continue;
    await hands.photograph(cast.clerk, id, slot.part, randomUUID(), photo(slot.part, vehicle));
  }
};

/** Takes one step as the person it belongs to; answers the state it led to. */
export const take = async (
  walker: Walker,
  id: string,
  by: keyof Cast,
  action: VehicleCaseAction,
  input: AnyDraft = {},
): Promise<string> => {
  const who = walker.cast[by];
  const version = await walker.hands.version(who, id);
  return walker.hands.step(who, id, action, version, randomUUID(), input);
};

/** Does what is next on the way to a deregistration certificate; false where only an outside system can go on, or nothing is left. */
export const takeTurn = async (walker: Walker, view: CaseView, settle: Settle): Promise<boolean> => {
  const turn = turnOf(view.state);
  if (!turn) return false;
  if (turn.fills.length > 0) {
    await fill(walker, view.id, turn.fills);
    // Real-name checks must be answered before the step they guard.
    await settle(view.id);
  }
  await take(walker, view.id, turn.by, turn.action);
  return true;
};

/** Who does what next in a state, when all goes well; undefined where only an outside system can go on, or nothing is left. */
export const turnOf = (state: string) => (Object.hasOwn(turns, state) ? turns[state as VehicleCaseState] : undefined);

const mostTurns = 40;

/**
 * Walks a case until it rests in one of the wanted states.
 * Errors: throws when the case comes to rest elsewhere.
 */
export const walkTo = async (
  walker: Walker,
  id: string,
  wanted: readonly string[],
  settle: Settle,
): Promise<CaseView> => {
  for (let count = 0; count < mostTurns; count += 1) {
    const view = await walker.hands.view(walker.cast.commission, id);
    if (wanted.includes(view.state)) return view;
    const moved = await takeTurn(walker, view, settle);
    await settle(id);
    if (!moved) {
      const after = await walker.hands.view(walker.cast.commission, id);
      if (after.state === view.state)
        throw new Error(`case ${view.caseNo} rests in ${view.state}, wanted ${wanted.join('/')}`);
    }
  }
  throw new Error(`case ${id} did not come to ${wanted.join('/')}`);
};
