import { dataLake } from '#connectors/data-lake/exchanges.ts';
import { type ExchangesOf, messageTo, type ResponseOf } from '#kernel/connector/connector.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { daysBetween } from '#practices/registry/model/validity.ts';
import { marksFrom, type PenaltyView, penalisedMark, penaltyKind } from '../model/penalties.ts';
import { qualificationPeriods } from '../model/qualification.periods.ts';
import type { KeptEvent } from './event.store.ts';
import { eventSource, yearsBefore } from './event-source.ts';

/** Rows of `penalty`. Days are `yyyy-MM-dd`, `amount_fen` comes as text. */
interface PenaltyTable extends KeptEvent {
  penalty_no: string;
  department: string;
  decided_on: string;
  basis: string | null;
  content: string;
  amount_fen: string | null;
  public_until: string | null;
}

type Answer = ResponseOf<ExchangesOf<typeof dataLake>['list-penalties']>;

/** Penalties older than this are not asked for. Assumption: five years, the longest a penalty is published. */
const askedYears = 5;

/** The first day of the period that counts for the mark. */
const recentSince = async (settings: RuntimeSettings, now: Date): Promise<string> => {
  const today = shanghaiDay(now);
  const ahead = shanghaiDay(await settings.deadline(qualificationPeriods.penalties, now));
  return plusDays(today, -daysBetween(today, ahead));
};

const viewOf = (row: PenaltyTable): PenaltyView => ({
  penaltyNo: row.penalty_no,
  department: row.department,
  decidedOn: row.decided_on,
  basis: row.basis,
  content: row.content,
  amountFen: row.amount_fen === null ? null : Number(row.amount_fen),
  publicUntil: row.public_until,
  withdrawn: row.gone_at !== null,
});

/** Penalties, asked of the data lake. Source: tender R13, R61. */
export const penaltySource = eventSource({
  kind: penaltyKind,
  shelf: {
    table: 'elv_qualification.penalty',
    number: 'penalty_no',
    happened: 'decided_on',
    from: (day) => day,
    told: [],
  },
  asking: 'elv_qualification.penalty_asking',
  askedSince: (now) => yearsBefore(shanghaiDay(now), askedYears),
  message: (question) => messageTo(dataLake, 'list-penalties', question),
  read: (answer) => {
    const { penalties, updatedAt } = answer as Answer;
    const events = penalties.map((one) => ({
      penalty_no: one.penaltyNo,
      department: one.department,
      decided_on: one.decisionDate,
      basis: one.basis,
      content: one.content,
      amount_fen: one.amount === null ? null : String(one.amount),
      public_until: one.publicUntil,
    }));
    return { events, asOf: updatedAt };
  },
  refusal: (code, message) =>
    code === '4040' ? '数据湖没有这个统一社会信用代码' : `数据湖未能答复（${code} ${message}），请重新查询`,
  view: viewOf,
  countedSince: recentSince,
  summary: (tallies, since) => {
    const recent = tallies.reduce((sum, { count }) => sum + count, 0);
    return { recent, recentSince: since };
  },
  mark: { word: penalisedMark, when: ({ recent }) => recent >= marksFrom },
});
