import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import type { entryStepInput, entryStepOutput } from '../model/registry.steps.ts';
import { findAccessColumns } from './entry.store.ts';
import { accessRowOf, overOrganisations } from './entry-access.ts';
import { findNextEntry } from './entry-list.store.ts';
import { stateOf } from './entry-view.ts';
import type { RegistryDesk } from './registry-desk.ts';

/** A signed-in person as whoever takes a step. */
export const stepActorOf = ({ subject, ip }: Pick<CallContext, 'subject' | 'ip'>): StepActor => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  organisationName: subject.organisationName,
  ip,
});

/** What was done, and by whom, since a person looked at the entry. */
const stepsSince = async ({ db, profile }: RegistryDesk, entryId: string, version: number) => {
  const { actions } = profile.flow().lifecycle;
  return (await listSteps(db, profile.id, entryId))
    .filter((step) => step.version > version)
    .map(({ action, actorName, at }) => ({
      action,
      title: actions[action]?.title ?? action,
      actorName,
      at: at.toISOString(),
    }));
};

const perform =
  (desk: RegistryDesk, action: string) =>
  async (
    input: z.output<typeof entryStepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof entryStepOutput>> => {
    const { profile, db, crypto, access, organisations } = desk;
    const rows = access.rowFilter(context.subject, `${profile.id}:${action}`);
    const found = await findAccessColumns(db, profile, input.id);
    if (!found) throw notFound();
    const seen = accessRowOf(found, await organisations.find(db, found.organisation_id));
    const result = await desk.engine.perform({
      caseId: input.id,
      action,
      input: input.input,
      expectedVersion: input.version,
      stepKey: input.key,
      actor: stepActorOf(context),
      traceId: context.traceId,
      // Under lock: what a row is decided by may have moved since it was read.
      mayAct: ({ state, record }) => passes(rows, { ...seen, state, origin: record.origin }),
    });
    if (result.outcome === 'not-found') throw notFound();
    const { snapshot } = result;
    const stateTitle = stateOf(profile, snapshot.state).title;
    if (result.outcome === 'refused') {
      const problems = result.refusals.map(({ path, message }) => ({ path, message }));
      const stale = result.refusals.some(({ why }) => why === 'stale');
      const meanwhile = stale ? await stepsSince(desk, input.id, input.version) : [];
      const detail = { version: snapshot.version, state: snapshot.state, stateTitle, meanwhile };
      return context.fail(stale ? 'STALE' : 'REFUSED', { problems, detail });
    }
    desk.nudge();
    const { lifecycle, judged } = profile.flow();
    // A step that many states allow is no queue's.
    const from = lifecycle.actions[action]?.from ?? [];
    const queue = from.length === 1 ? from.find((state) => judged.includes(state)) : undefined;
    const next = queue
      ? await findNextEntry(
          db,
          { profile, crypto },
          overOrganisations(rows, await organisations.all(db)),
          queue,
          input.id,
        )
      : null;
    return { state: snapshot.state, stateTitle, version: snapshot.version, nextId: next };
  };

/** One handler for every step of the contract, all of them the same. */
export const registryStepHandlers = <C extends Contract>(desk: RegistryDesk, contract: C): Handlers<C> =>
  Object.fromEntries(Object.keys(contract).map((action) => [action, perform(desk, action)])) as unknown as Handlers<C>;
