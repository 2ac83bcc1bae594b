import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { findStanding } from '#practices/registry/server/entry.store.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { marksFrom, type PenaltiesView, type penaltyContract } from '../model/penalty.contract.ts';
import { findAsking } from './asking.store.ts';
import { penaltyQuestion, recentSince } from './penalties.ts';
import { listPenalties, type PenaltyTable } from './penalty.store.ts';
import { askAgain } from './questions.ts';

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
        findAsking(db, penaltyQuestion.table, standing.organisation_id),
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
    askPenalties: async ({ id }, context) =>
      (await askAgain(desk, context, id, penaltyQuestion, 'recheck')) ? { asked: true } : context.fail('WAITING'),
  };
};
