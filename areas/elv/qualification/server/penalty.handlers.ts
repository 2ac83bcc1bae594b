import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { findStanding, lockStanding } from '#practices/registry/server/entry.store.ts';
import { leaveEntryFact } from '#practices/registry/server/entry-facts.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { marksFrom, type PenaltiesView, type penaltyContract } from '../model/penalty.contract.ts';
import { askPenalties, recentSince } from './penalties.ts';
import { findAsking, listPenalties, type PenaltyTable } from './penalty.store.ts';

const viewOf = (row: PenaltyTable): PenaltiesView['rows'][number] => ({
  penaltyNo: row.penalty_no,
  department: row.department,
  decidedOn: row.decided_on,
  basis: row.basis,
  content: row.content,
  amountFen: row.amount_fen === null ? null : Number(row.amount_fen),
  publicUntil: row.public_until,
  withdrawn: row.gone_at !== null,
});

/** Handlers of penalties. Published as they are, they are shown to whoever may see the enterprise. Source: tender R13, R61. */
export const penaltyHandlers = (desk: RegistryDesk): Handlers<typeof penaltyContract> => {
  const { db, profile, settings, access } = desk;
  return {
    penalties: async ({ id }, context) => {
      const standing = await findStanding(db, profile, id, await rowsFor(desk, context, 'read'));
      if (!standing) throw notFound();
      const [asking, rows, since] = await Promise.all([
        findAsking(db, standing.organisation_id),
        listPenalties(db, standing.organisation_id),
        recentSince(settings, context.now),
      ]);
      const recent = rows.filter(({ gone_at: gone, decided_on: on }) => gone === null && on >= since).length;
      return {
        status: asking?.status ?? 'never',
        text: asking?.text ?? '',
        askedAt: asking?.asked_at.toISOString() ?? null,
        asOf: asking?.as_of?.toISOString() ?? null,
        rows: rows.map(viewOf),
        recent,
        recentSince: since,
        marked: recent >= marksFrom,
        askable: access.holds(context.subject, `${profile.id}:recheck`) && asking?.status !== 'waiting',
      };
    },
    askPenalties: async ({ id }, context) => {
      const rows = await rowsFor(desk, context, 'recheck');
      await inTransaction(db, async (tx) => {
        const standing = await lockStanding(tx, profile, id, rows);
        if (!standing) throw notFound();
        const { organisation_id: organisationId } = standing;
        if ((await findAsking(tx, organisationId))?.status === 'waiting') return context.fail('WAITING');
        const { now, traceId } = context;
        await askPenalties(desk, tx, { entryId: id, organisationId, now, traceId });
        await leaveEntryFact(tx, context, profile, id, 'askPenalties', {});
      });
      desk.nudge();
      return { asked: true };
    },
  };
};
