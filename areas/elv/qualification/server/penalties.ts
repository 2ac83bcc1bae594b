import { dataLake } from '#connectors/data-lake/exchanges.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type ExchangesOf, messageTo, type RequestOf, type ResponseOf } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { daysBetween } from '#practices/registry/model/validity.ts';
import { lockStanding } from '#practices/registry/server/entry.store.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import { qualificationPeriods } from '../model/qualification.periods.ts';
import { qualificationRegistry as profile } from '../model/qualification.profile.ts';
import { findAsking, keepPenalties, noteAsking, settleAsking, unaskedSince } from './penalty.store.ts';

/** What asking about penalties works with. */
export interface PenaltyParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly organisations: Organisations;
  readonly settings: RuntimeSettings;
  readonly nudge: () => void;
}

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

/** What a question is about. */
export interface PenaltyQuestion {
  readonly entryId: string;
  readonly organisationId: string;
  readonly now: Date;
  readonly traceId: string;
}

/** Asks the data lake which penalties an enterprise has; every asking has a reference of its own. */
export const askPenalties = async (
  { outbox, organisations }: Pick<PenaltyParts, 'outbox' | 'organisations'>,
  tx: Tx,
  { entryId, organisationId, now, traceId }: PenaltyQuestion,
): Promise<void> => {
  const organisation = await organisations.find(tx, organisationId);
  if (!organisation) throw new Error(`entry ${entryId} is of no organisation`);
  const reference = `penalties:${organisationId}:${uuidv7(now)}`;
  const request = { reference, uscc: organisation.creditCode, since: yearsBefore(shanghaiDay(now), askedYears) };
  await noteAsking(tx, organisationId, reference, now);
  await outbox.put(tx, messageTo(dataLake, 'list-penalties', request), {
    caseType: profile.id,
    caseId: entryId,
    traceId,
  });
};

/** What follows from the lake's answers. A late answer to an earlier question changes nothing. Source: tender R13. */
export const penaltyAnswers = ({ clock }: Pick<PenaltyParts, 'clock'>): AnswerHandler => ({
  answered: async (tx, { key, request }, answer) => {
    // Parsed by the exchange's schemas before they came here.
    const { penalties, updatedAt } = answer as ResponseOf<Exchange>;
    const { since } = request as RequestOf<Exchange>;
    const end = { status: 'answered', text: '', as_of: new Date(updatedAt) } as const;
    const organisationId = await settleAsking(tx, key, end);
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
    await settleAsking(tx, key, { status: 'refused', text });
  },
  givenUp: async (tx, { key }) => {
    await settleAsking(tx, key, { status: 'needs-person', text: '' });
    return undefined;
  },
});

const askEveryMs = 24 * 3_600_000;
const askedAtOnce = 50;

/** Asks about every qualified enterprise once a day, so that a mark does not wait for the next application. */
export const askDaily = async (parts: PenaltyParts): Promise<void> => {
  const { db, clock } = parts;
  const before = new Date(clock.now().getTime() - askEveryMs);
  for (const { organisationId, entryId } of await unaskedSince(db, before, askedAtOnce)) {
    await inTransaction(db, async (tx) => {
      // Another process may have asked meanwhile; whoever comes second waits here.
      await lockStanding(tx, profile, entryId, everyRow);
      const last = await findAsking(tx, organisationId);
      if (last && last.asked_at >= before) return;
      await askPenalties(parts, tx, { entryId, organisationId, now: clock.now(), traceId: uuidv7(clock.now()) });
    });
    parts.nudge();
  }
};
