import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { takeStep } from '#kernel/lifecycle/take-step.ts';
import type { entryStepInput, entryStepOutput } from '../model/registry.steps.ts';
import { findAccessColumns } from './entry.store.ts';
import { accessRowOf, overOrganisations } from './entry-access.ts';
import { findNextEntry } from './entry-list.store.ts';
import type { RegistryDesk } from './registry-desk.ts';

const perform =
  (desk: RegistryDesk, action: string) =>
  async (
    input: z.output<typeof entryStepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof entryStepOutput>> => {
    const { profile, db, crypto, access, organisations, engine } = desk;
    const rows = access.rowFilter(context.subject, `${profile.id}:${action}`);
    const found = await findAccessColumns(db, profile, input.id);
    if (!found) throw notFound();
    const seen = accessRowOf(found, await organisations.find(db, found.organisation_id));
    const { lifecycle, judged } = profile.flow();
    // Under lock: what a row is decided by may have moved since it was read.
    const { snapshot, stateTitle } = await takeStep({ db, engine, lifecycle }, action, input, context, (standing) =>
      passes(rows, { ...seen, state: standing.state, origin: standing.record.origin }),
    );
    desk.nudge();
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
