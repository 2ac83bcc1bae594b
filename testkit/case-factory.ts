import { randomUUID } from 'node:crypto';
import { fill, openFor, type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { type FamilyKind, familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import {
  type VehicleCaseAction,
  type VehicleCaseState,
  vehicleCase,
} from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { type SectionId, sectionIds } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import type { TestProduct } from './product.ts';

const lifecycle = widened(vehicleCase);

/** A reason long enough for every action that asks for one. */
export const someReason = '现场核对后写明的原因';

/** A case on its way with everybody who acts in it. */
export interface ActingCase {
  readonly id: string;
  readonly walker: Walker;
}

/** What kind of vehicle a case is about. */
export interface CaseWish {
  readonly kind?: FamilyKind;
  readonly registered?: boolean;
  readonly clerk?: string;
}

/** Makes cases by walking the engine from an open one, each about a vehicle of its own. */
export interface CaseFactory {
  walker(wish?: CaseWish): Walker;
  /** A case whose row rests in the state; one that waits outside has not been carried yet. */
  at(state: VehicleCaseState, wish?: CaseWish): Promise<ActingCase>;
  /** Goes on with a case until it rests in the state. */
  onTo(acting: ActingCase, state: VehicleCaseState): Promise<void>;
  /** Fills what the action's guards ask for, and has it verified. */
  prepare(acting: ActingCase, action: VehicleCaseAction): Promise<void>;
  /** Takes a step as a person it belongs to. */
  take(acting: ActingCase, action: VehicleCaseAction, who?: string): Promise<void>;
  /** The clerk has everything asked again that has no good answer. */
  recheck(acting: ActingCase): Promise<void>;
}

/** The sections an action wants whole, by the names of its guards. */
const wantedBy = (action: string): readonly SectionId[] => {
  const names = (lifecycle.actions[action]?.guards ?? []).map(({ name }) => name);
  return sectionIds.filter((section) => names.includes(`whole(${section})`));
};

/** The person of the walker's cast whom an action belongs to. */
export const personFor = ({ cast }: Walker, action: VehicleCaseAction): string => {
  const { by } = vehicleCase.actions[action];
  if (by === 'dismantler') return cast.clerk;
  return by === 'vehicleDesk' ? cast.desk : cast.commission;
};

/** A factory over a product. `first` keeps the vehicles of test files apart. */
export const caseFactory = (it: TestProduct, first = 0): CaseFactory => {
  let made = first;
  const walker = ({ kind = 'A', registered = true, clerk = 'clerk1' }: CaseWish = {}): Walker => {
    made += 1;
    const vehicle: SimulatedVehicle | undefined = familyVehicle(familyVin(made, kind));
    if (!vehicle) throw new Error(`the family has no ${kind}${made}`);
    const cast = { clerk, desk: 'desk1', commission: 'commission1' };
    return { hands: it.hands, clock: it.clock, cast, vehicle, registered, photo: it.photo };
  };
  const onTo = async ({ id, walker: acting }: ActingCase, state: VehicleCaseState): Promise<void> => {
    const settleUnlessThere = async (): Promise<void> => {
      const { state: now } = await it.hands.view(acting.cast.commission, id);
      if (now !== state) await it.settle();
    };
    await walkTo(acting, id, [state], settleUnlessThere);
  };
  return {
    walker,
    onTo,
    at: async (state, wish) => {
      const acting = walker(wish);
      const opened = { id: await openFor(acting), walker: acting };
      await onTo(opened, state);
      return opened;
    },
    prepare: async ({ id, walker: acting }, action) => {
      const sections = wantedBy(action);
      if (sections.length === 0) return;
      await fill(acting, id, sections);
      await it.settle();
    },
    recheck: async ({ id, walker: acting }) => {
      await it.hands.recheck(acting.cast.clerk, id);
    },
    take: async ({ id, walker: acting }, action, who = personFor(acting, action)) => {
      const input = vehicleCase.actions[action];
      await it.hands.step(who, id, action, await it.hands.version(who, id), randomUUID(), {
        ...('input' in input ? { reason: someReason } : {}),
      });
    },
  };
};
