import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { takeStep } from '#kernel/lifecycle/take-step.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { withdrawalStepContract, withdrawalStepInput, withdrawalStepOutput } from '../model/withdrawal.steps.ts';
import { accessRowOf, rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { findNext } from './withdrawal-list.store.ts';

const lifecycle = widened(withdrawal);

const perform =
  (desk: WithdrawalDesk, action: string) =>
  async (
    input: z.output<typeof withdrawalStepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof withdrawalStepOutput>> => {
    const rows = rowsFor(desk.access, context.subject, action);
    const { snapshot, stateTitle } = await takeStep({ ...desk, lifecycle }, action, input, context, ({ row }) =>
      passes(rows, accessRowOf(row)),
    );
    desk.nudge();
    const from = lifecycle.actions[action]?.from ?? [];
    const queue = { all: [{ field: 'state', in: from }, rows] };
    return {
      state: snapshot.state,
      stateTitle,
      version: snapshot.version,
      nextId: from.includes(lifecycle.initial) ? null : await findNext(desk.db, queue, input.id),
      successorCaseId: snapshot.record.successorCase?.id ?? null,
    };
  };

/** One handler for every step of the contract, all of them the same. */
export const withdrawalStepHandlers = (
  desk: WithdrawalDesk,
  contract: typeof withdrawalStepContract,
): Handlers<typeof withdrawalStepContract> =>
  Object.fromEntries(Object.keys(contract).map((action) => [action, perform(desk, action)])) as unknown as Handlers<
    typeof withdrawalStepContract
  >;
