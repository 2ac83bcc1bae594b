import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import { findStanding } from '#practices/registry/server/entry.store.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { type ComplaintView, type complaintContract, endedComplaints } from '../model/complaint.contract.ts';
import { findAsking } from './asking.store.ts';
import { type ComplaintTable, countComplaints, listComplaints } from './complaint.store.ts';
import { complaintQuestion, complaintsSince } from './complaints.ts';
import { askAgain } from './questions.ts';

const viewOf = (row: ComplaintTable, now: Date): ComplaintView => ({
  orderNo: row.order_no,
  appealType: row.appeal_type,
  category: row.category,
  acceptedAt: row.accepted_at.toISOString(),
  resolveDeadline: row.resolve_deadline?.toISOString() ?? null,
  status: row.status,
  finding: row.finding,
  overdue: !endedComplaints.includes(row.status) && row.resolve_deadline !== null && row.resolve_deadline < now,
  withdrawn: row.gone_at !== null,
});

/** Handlers of complaints, for the authority. Source: tender R13, R56. */
export const complaintHandlers = (desk: RegistryDesk): Handlers<typeof complaintContract> => ({
  complaints: async ({ id }, context) => {
    const { db, profile } = desk;
    const standing = await findStanding(db, profile, id, await rowsFor(desk, context, 'complaints'));
    if (!standing) throw notFound();
    const { organisation_id: organisationId } = standing;
    const since = complaintsSince(context.now);
    const [asking, rows, counts] = await Promise.all([
      findAsking(db, complaintQuestion.table, organisationId),
      listComplaints(db, organisationId),
      countComplaints(db, organisationId, startOfShanghaiDay(since)),
    ]);
    return {
      status: asking?.status ?? 'never',
      text: asking?.text ?? '',
      askedAt: asking?.asked_at.toISOString() ?? null,
      asOf: asking?.as_of?.toISOString() ?? null,
      rows: rows.map((row) => viewOf(row, context.now)),
      counts,
      since,
      askable: asking?.status !== 'waiting',
    };
  },
  askComplaints: async ({ id }, context) =>
    (await askAgain(desk, context, id, complaintQuestion, 'complaints')) ? { asked: true } : context.fail('WAITING'),
});
