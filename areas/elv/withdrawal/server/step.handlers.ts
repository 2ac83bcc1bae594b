import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { withdrawalStepContract, withdrawalStepInput, withdrawalStepOutput } from '../model/withdrawal.steps.ts';
import { accessRowOf, rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { findNext } from './withdrawal-list.store.ts';

const lifecycle = widened(withdrawal);

/** What was done, and by whom, since a person looked at the withdrawal. */
const stepsSince = async ({ db }: WithdrawalDesk, id: string, version: number) =>
  (await listSteps(db, lifecycle.id, id))
    .filter((step) => step.version > version)
    .map(({ action, actorName, at }) => ({
      action,
      title: lifecycle.actions[action]?.title ?? action,
      actorName,
      at: at.toISOString(),
    }));

const perform =
  (desk: WithdrawalDesk, action: string) =>
  async (
    input: z.output<typeof withdrawalStepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof withdrawalStepOutput>> => {
    const { subject, ip, traceId } = context;
    const rows = rowsFor(desk.access, subject, action);
    const { id: actorId, name, organisationId, organisationName } = subject;
    const result = await desk.engine.perform({
      caseId: input.id,
      action,
      input: input.input,
      expectedVersion: input.version,
      stepKey: input.key,
      actor: { id: actorId, name, organisationId, organisationName, ip },
      traceId,
      mayAct: ({ row }) => passes(rows, accessRowOf(row)),
    });
    if (result.outcome === 'not-found') throw notFound();
    const { snapshot } = result;
    const stateTitle = getState(lifecycle, snapshot.state).title;
    if (result.outcome === 'refused') {
      const problems = result.refusals.map(({ path, message }) => ({ path, message }));
      const stale = result.refusals.some(({ why }) => why === 'stale');
      const meanwhile = stale ? await stepsSince(desk, input.id, input.version) : [];
      const detail = { version: snapshot.version, state: snapshot.state, stateTitle, meanwhile };
      return context.fail(stale ? 'STALE' : 'REFUSED', { problems, detail });
    }
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
