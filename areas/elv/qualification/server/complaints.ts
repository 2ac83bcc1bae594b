import { hotline } from '#connectors/hotline/exchanges.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type ExchangesOf, messageTo, type RequestOf, type ResponseOf } from '#kernel/connector/connector.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay, startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import { complaintTypes } from '../model/complaint.contract.ts';
import { settleAsking } from './asking.store.ts';
import { keepComplaints } from './complaint.store.ts';
import type { AskedKind } from './questions.ts';

type Exchange = ExchangesOf<typeof hotline>['list-work-orders'];

/** Complaints older than this are not asked for. Days. Assumption: three years; nothing says how far back a decision looks. */
const askedDays = 3 * 365;

/** The first day complaints are asked for, `yyyy-MM-dd` in Shanghai. */
export const complaintsSince = (now: Date): string => plusDays(shanghaiDay(now), -askedDays);

/** The question to the hotline. Source: tender R13, R56. */
export const complaintQuestion: AskedKind = {
  table: 'elv_qualification.complaint_asking',
  name: 'complaints',
  message: (reference, uscc, now) =>
    messageTo(hotline, 'list-work-orders', { reference, uscc, since: complaintsSince(now) }),
};

const { table } = complaintQuestion;

/** What follows from the hotline's answers. A late answer to an earlier question changes nothing. Source: tender R13, R56. */
export const complaintAnswers = (clock: Clock): AnswerHandler => ({
  answered: async (tx, { key, request }, answer) => {
    // Parsed by the exchange's schemas before they came here.
    const { orders, updatedAt } = answer as ResponseOf<Exchange>;
    const { since } = request as RequestOf<Exchange>;
    const end = { status: 'answered', text: '', as_of: new Date(updatedAt) } as const;
    const organisationId = await settleAsking(tx, table, key, end);
    if (organisationId === undefined) return undefined;
    const complaints = orders.filter(({ appealType }) => complaintTypes.includes(appealType));
    const told = complaints.map((one) => ({
      order_no: one.orderNo,
      appeal_type: one.appealType,
      // A long word must not hide all complaints: it is shown as far as it goes.
      category: one.category?.slice(0, 100) ?? null,
      accepted_at: new Date(one.acceptedAt),
      resolve_deadline: one.resolveDeadline === null ? null : new Date(one.resolveDeadline),
      status: one.status.slice(0, 40),
      finding: one.finding?.slice(0, 20) ?? null,
    }));
    await keepComplaints(tx, organisationId, told, startOfShanghaiDay(since), clock.now());
    return undefined;
  },
  refused: async (tx, { key }, { code, message }) => {
    const text = `12345 热线未能答复（${code} ${message}），请重新查询`;
    await settleAsking(tx, table, key, { status: 'refused', text });
  },
  givenUp: async (tx, { key }) => {
    await settleAsking(tx, table, key, { status: 'needs-person', text: '' });
    return undefined;
  },
});
