import { dataLake } from '#connectors/data-lake/exchanges.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type ExchangesOf, messageTo, type RequestOf, type ResponseOf } from '#kernel/connector/connector.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { daysBetween } from '#practices/registry/model/validity.ts';
import { qualificationPeriods } from '../model/qualification.periods.ts';
import { settleAsking } from './asking.store.ts';
import { keepPenalties } from './penalty.store.ts';
import type { AskedKind } from './questions.ts';

type Exchange = ExchangesOf<typeof dataLake>['list-penalties'];

/** Penalties older than this are not asked for. Assumption: five years, the longest a penalty is published. */
const askedYears = 5;

const yearsBefore = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) - years}${day.slice(4)}`.replace('-02-29', '-02-28');

/** The first day of the period that counts for the mark, `yyyy-MM-dd` in Shanghai. */
export const recentSince = async (settings: RuntimeSettings, now: Date, tx?: Tx): Promise<string> => {
  const today = shanghaiDay(now);
  const ahead = shanghaiDay(await settings.deadline(qualificationPeriods.penalties, now, tx));
  return plusDays(today, -daysBetween(today, ahead));
};

/** The question to the data lake. Source: tender R13. */
export const penaltyQuestion: AskedKind = {
  table: 'elv_qualification.penalty_asking',
  name: 'penalties',
  message: (reference, uscc, now) =>
    messageTo(dataLake, 'list-penalties', { reference, uscc, since: yearsBefore(shanghaiDay(now), askedYears) }),
};

const { table } = penaltyQuestion;

/** What follows from the lake's answers. A late answer to an earlier question changes nothing. Source: tender R13. */
export const penaltyAnswers = (clock: Clock): AnswerHandler => ({
  answered: async (tx, { key, request }, answer) => {
    // Parsed by the exchange's schemas before they came here.
    const { penalties, updatedAt } = answer as ResponseOf<Exchange>;
    const { since } = request as RequestOf<Exchange>;
    const end = { status: 'answered', text: '', as_of: new Date(updatedAt) } as const;
    const organisationId = await settleAsking(tx, table, key, end);
    if (organisationId === undefined) return undefined;
    const told = penalties.map((one) => ({
      penalty_no: one.penaltyNo,
      department: one.department,
      decided_on: one.decisionDate,
      basis: one.basis,
      content: one.content,
      amount_fen: one.amount === null ? null : String(one.amount),
      public_until: one.publicUntil,
    }));
    await keepPenalties(tx, organisationId, told, since, clock.now());
    return undefined;
  },
  refused: async (tx, { key }, { code, message }) => {
    const text =
      code === '4040' ? '数据湖没有这个统一社会信用代码' : `数据湖未能答复（${code} ${message}），请重新查询`;
    await settleAsking(tx, table, key, { status: 'refused', text });
  },
  givenUp: async (tx, { key }) => {
    await settleAsking(tx, table, key, { status: 'needs-person', text: '' });
    return undefined;
  },
});
