import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { takeStep } from '#kernel/lifecycle/take-step.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { stepInput, stepOutput } from '../model/vehicle-case.steps.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { findNextCase } from './case-list.store.ts';

const lifecycle = widened(vehicleCase);

const perform =
  (desk: CaseDesk, action: string) =>
  async (
    input: z.output<typeof stepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof stepOutput>> => {
    const rows = desk.access.rowFilter(context.subject, `${lifecycle.id}:${action}`);
    const { snapshot, stateTitle } = await takeStep({ ...desk, lifecycle }, action, input, context, ({ loaded }) =>
      passes(rows, accessRowOf(loaded.row)),
    );
    desk.nudge();
    const from = lifecycle.actions[action]?.from ?? [];
    const [queue] = from.filter((state) => getState(lifecycle, state).kind === 'work');
    const stays = lifecycle.actions[action]?.to === 'stay';
    return {
      state: snapshot.state,
      stateTitle,
      version: snapshot.version,
      nextCaseId: queue === undefined || stays ? null : await findNextCase(desk.db, rows, queue, input.id),
    };
  };

/** One handler for every step of the contract, all of them the same. */
export const stepHandlers = <C extends Contract>(desk: CaseDesk, contract: C): Handlers<C> =>
  Object.fromEntries(Object.keys(contract).map((action) => [action, perform(desk, action)])) as unknown as Handlers<C>;
