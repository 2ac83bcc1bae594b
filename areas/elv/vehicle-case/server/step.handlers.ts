import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { stepInput, stepOutput } from '../model/vehicle-case.steps.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { findNextCase } from './case-list.store.ts';

const lifecycle = widened(vehicleCase);

/** What was done, and by whom, since a person looked at the case. */
const stepsSince = async (
  desk: CaseDesk,
  caseId: string,
  version: number,
): Promise<readonly { action: string; title: string; actorName: string; at: string }[]> =>
  (await listSteps(desk.db, lifecycle.id, caseId))
    .filter((step) => step.version > version)
    .map(({ action, actorName, at }) => ({
      action,
      title: lifecycle.actions[action]?.title ?? action,
      actorName,
      at: at.toISOString(),
    }));

const perform =
  (desk: CaseDesk, action: string) =>
  async (
    input: z.output<typeof stepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof stepOutput>> => {
    const { subject, ip, traceId } = context;
    const rows = desk.access.rowFilter(subject, `${lifecycle.id}:${action}`);
    const result = await desk.engine.perform({
      caseId: input.id,
      action,
      input: input.input,
      expectedVersion: input.version,
      stepKey: input.key,
      actor: {
        id: subject.id,
        name: subject.name,
        organisationId: subject.organisationId,
        organisationName: subject.organisationName,
        ip,
      },
      traceId,
      mayAct: ({ loaded }) => passes(rows, accessRowOf(loaded.row)),
    });
    if (result.outcome === 'not-found') throw notFound();
    const { snapshot } = result;
    if (result.outcome === 'refused') {
      const problems = result.refusals.map(({ path, message }) => ({ path, message }));
      const stale = result.refusals.some(({ why }) => why === 'stale');
      const detail = {
        version: snapshot.version,
        state: snapshot.state,
        stateTitle: getState(lifecycle, snapshot.state).title,
        meanwhile: stale ? await stepsSince(desk, input.id, input.version) : [],
      };
      return context.fail(stale ? 'STALE' : 'REFUSED', { problems, detail });
    }
    desk.nudge();
    const from = lifecycle.actions[action]?.from ?? [];
    const [queue] = from.filter((state) => getState(lifecycle, state).kind === 'work');
    const stays = lifecycle.actions[action]?.to === 'stay';
    return {
      state: snapshot.state,
      stateTitle: getState(lifecycle, snapshot.state).title,
      version: snapshot.version,
      nextCaseId: queue === undefined || stays ? null : await findNextCase(desk.db, rows, queue, input.id),
    };
  };

/** One handler for every step of the contract, all of them the same. */
export const stepHandlers = <C extends Contract>(desk: CaseDesk, contract: C): Handlers<C> =>
  Object.fromEntries(Object.keys(contract).map((action) => [action, perform(desk, action)])) as unknown as Handlers<C>;
