import { hotline } from '#connectors/hotline/exchanges.ts';
import { type ExchangesOf, messageTo, type ResponseOf } from '#kernel/connector/connector.ts';
import { plusDays, shanghaiDay, startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import {
  type ComplaintView,
  complaintKind,
  complaintTypes,
  endedComplaints,
  upheldFindings,
} from '../model/complaints.ts';
import type { KeptEvent } from './event.store.ts';
import { eventSource } from './event-source.ts';

/** Rows of `complaint`. Nothing of who complained is there. */
interface ComplaintTable extends KeptEvent {
  order_no: string;
  appeal_type: string;
  category: string | null;
  accepted_at: Date;
  resolve_deadline: Date | null;
  status: string;
  finding: string | null;
}

type Answer = ResponseOf<ExchangesOf<typeof hotline>['list-work-orders']>;

/** Complaints older than this are not asked for. Days. Assumption: three years; nothing says how far back a decision looks. */
const askedDays = 3 * 365;

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

/** Complaints, asked of the hotline. Source: tender R13, R56. */
export const complaintSource = eventSource({
  kind: complaintKind,
  shelf: {
    table: 'elv_qualification.complaint',
    number: 'order_no',
    happened: 'accepted_at',
    from: startOfShanghaiDay,
    told: ['status', 'finding'],
  },
  asking: 'elv_qualification.complaint_asking',
  askedSince: (now) => plusDays(shanghaiDay(now), -askedDays),
  message: (question) => messageTo(hotline, 'list-work-orders', question),
  read: (answer) => {
    const { orders, updatedAt } = answer as Answer;
    const complaints = orders.filter(({ appealType }) => complaintTypes.includes(appealType));
    const events = complaints.map((one) => ({
      order_no: one.orderNo,
      appeal_type: one.appealType,
      // A long word must not hide all complaints: it is shown as far as it goes.
      category: one.category?.slice(0, 100) ?? null,
      accepted_at: new Date(one.acceptedAt),
      resolve_deadline: one.resolveDeadline === null ? null : new Date(one.resolveDeadline),
      status: one.status.slice(0, 40),
      finding: one.finding?.slice(0, 20) ?? null,
    }));
    return { events, asOf: updatedAt };
  },
  refusal: (code, message) => `12345 热线未能答复（${code} ${message}），请重新查询`,
  view: viewOf,
  summary: (tallies, since) => {
    const sum = (of: readonly { readonly count: number }[]): number => of.reduce((all, { count }) => all + count, 0);
    const open = tallies.filter(({ status = '' }) => !endedComplaints.includes(status));
    const upheld = tallies.filter(({ finding }) => upheldFindings.includes(finding ?? ''));
    return { counts: { all: sum(tallies), open: sum(open), upheld: sum(upheld) }, since };
  },
});
