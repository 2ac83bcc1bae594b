import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { findStanding, lockStanding } from '#practices/registry/server/entry.store.ts';
import { leaveEntryFact } from '#practices/registry/server/entry-facts.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import type { Asked } from '../model/event.contract.ts';
import { findAsking } from './asking.store.ts';
import { ask, type EventSource, type ShownSource } from './event-source.ts';

/** A person has a question asked anew; false where the last one still waits. */
const askAgain = async (
  desk: RegistryDesk,
  source: EventSource,
  entryId: string,
  context: CallContext,
): Promise<boolean> => {
  const { profile } = desk;
  const { kind, asking } = source;
  const rows = await rowsFor(desk, context, kind.asks);
  const asked = await inTransaction(desk.db, async (tx) => {
    const standing = await lockStanding(tx, profile, entryId, rows);
    if (!standing) throw notFound();
    const { organisation_id: organisationId } = standing;
    if ((await findAsking(tx, asking, organisationId))?.status === 'waiting') return false;
    const { now, traceId } = context;
    await ask(desk, tx, source, { entryId, organisationId, now, traceId });
    await leaveEntryFact(tx, context, profile, entryId, kind.ask, {});
    return true;
  });
  if (asked) desk.nudge();
  return asked;
};

/** What is known of an enterprise from a source, and the question asked anew. Source: tender R13. */
export const eventHandlers = <View, Summary extends object>(
  desk: RegistryDesk,
  source: ShownSource<View, Summary>,
) => ({
  list: async ({ id }: { readonly id: string }, context: CallContext): Promise<Asked & { rows: View[] } & Summary> => {
    const { db, profile, settings, access } = desk;
    const { kind, asking } = source;
    const standing = await findStanding(db, profile, id, await rowsFor(desk, context, kind.reads));
    if (!standing) throw notFound();
    const { organisation_id: organisationId } = standing;
    const [asked, { rows, summary }] = await Promise.all([
      findAsking(db, asking, organisationId),
      source.seen(db, settings, organisationId, context.now),
    ]);
    return {
      status: asked?.status ?? 'never',
      text: asked?.text ?? '',
      askedAt: asked?.asked_at.toISOString() ?? null,
      asOf: asked?.as_of?.toISOString() ?? null,
      askable: access.holds(context.subject, `${profile.id}:${kind.asks}`) && asked?.status !== 'waiting',
      marked: asked !== undefined && source.marks(summary, asked.asked_at, context.now),
      rows: [...rows],
      ...summary,
    };
  },
  ask: async ({ id }: { readonly id: string }, context: CallContext<'WAITING'>): Promise<{ asked: true }> =>
    (await askAgain(desk, source, id, context)) ? { asked: true } : context.fail('WAITING'),
});
