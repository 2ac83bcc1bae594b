import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Tx } from '#kernel/db/database.ts';
import { plusDays, startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import { daysOf, monthsBetween } from '../model/period.ts';
import { waitingPassages } from './passage.store.ts';
import { toldByNumbers } from './standing.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { StatisticsTables } from './statistics.tables.ts';

/** A way through cases ordered by when they were opened, or by when they ended, those that have not left out. */
export interface Way {
  readonly rows: Predicate;
  readonly by: 'opened' | 'ended';
  readonly from: 'newest' | 'oldest';
  /** No more than so many are passed over, what is counted beside left out. */
  readonly most: number;
  /** How many that are not of this way lie before the turn as well. */
  readonly beside?: (turn: Date) => Promise<number>;
}

/** Whole days that were passed over: up to which moment, and how many cases exactly they have. */
export interface PassedDays {
  /** Of the newest, what is passed over lies at this moment or later; of the oldest, before it. */
  readonly turn: Date;
  readonly count: number;
}

const owners = { organisation: 'enterprise_id', district: 'district_code' } as const;

const tablesOf = (tx: Tx, { schema }: StatisticsParts) => tx.withTables<StatisticsTables>().withSchema(schema);

/** A final state is never left, so those who have come into it are those who rest there. */
const finalStates = ({ profile }: StatisticsParts): string[] =>
  Object.entries(profile.lifecycle.states)
    .filter(([, { kind }]) => kind === 'final')
    .map(([state]) => state);

/** How many each of some days or months has, of what was added up. */
const countsOf = async (
  tx: Tx,
  parts: StatisticsParts,
  { rows, by }: Way,
  periods: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const found = await tablesOf(tx, parts)
    .selectFrom('case_tally')
    .where('case_type', '=', parts.profile.lifecycle.id)
    .where('period', 'in', [...periods])
    .where('measure', '=', by === 'opened' ? 'opened' : 'state-in')
    .$if(by === 'ended', (query) => query.where('place', 'in', finalStates(parts)))
    .where((eb) => whereRows(eb, rows, { ...owners, state: 'place' }))
    .select(['period', sql<string>`sum(count)`.as('count')])
    .groupBy('period')
    .execute();
  return new Map(found.map(({ period, count }) => [period, Number(count)]));
};

/** How many of the passed over were not added up yet. */
const countWaiting = async (tx: Tx, parts: StatisticsParts, { rows, by, from }: Way, turn: Date): Promise<number> => {
  const { count } = await waitingPassages(tx, parts)
    .where('at', from === 'newest' ? '>=' : '<', turn)
    .$if(by === 'opened', (query) => query.where('from_state', 'is', null))
    .$if(by === 'ended', (query) => query.where('to_state', 'in', finalStates(parts)))
    .where((eb) => whereRows(eb, rows, { ...owners, state: 'to_state' }))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** The months that have numbers, the oldest first. */
const monthsKept = async (tx: Tx, parts: StatisticsParts): Promise<readonly string[]> => {
  const end = async (direction: 'asc' | 'desc'): Promise<string | undefined> => {
    const found = await tablesOf(tx, parts)
      .selectFrom('case_tally')
      .select('period')
      .where('case_type', '=', parts.profile.lifecycle.id)
      // Past the digits there is only the period that never ends.
      .where('period', '<', 'a')
      .orderBy('period', direction)
      .limit(1)
      .executeTakeFirst();
    return found?.period.slice(0, 7);
  };
  const [first, last] = await Promise.all([end('asc'), end('desc')]);
  return first === undefined || last === undefined ? [] : monthsBetween(first, last);
};

/** Periods that were passed over: how many, what they have together, and which comes next. */
interface Passed {
  readonly count: number;
  readonly next: string;
}

/** So many periods are read at once: all days of a month, and as many months as most lines lie behind. */
const periodsAtOnce = 31;

/** Passes periods over as long as no more than `most` come together, but never the last: the line lies there, or beyond what was added up. */
const passOver = async (
  periods: readonly string[],
  most: number,
  countsIn: (some: readonly string[]) => Promise<ReadonlyMap<string, number>>,
): Promise<Passed | undefined> => {
  let count = 0;
  for (let from = 0; from < periods.length; from += periodsAtOnce) {
    const some = periods.slice(from, from + periodsAtOnce);
    const counts = await countsIn(some);
    for (const period of some) {
      const more = counts.get(period) ?? 0;
      if (count + more > most || period === periods.at(-1)) return { count, next: period };
      count += more;
    }
  }
  return undefined;
};

/**
 * Passes whole days over on the way to a line far back in a list, by their numbers and without looking at a case: first months, then days of the
 * month in which it lies. To be asked in a transaction as of one moment. Undefined where the rows are told by more than the numbers know.
 */
export const passDays = async (tx: Tx, parts: StatisticsParts, way: Way): Promise<PassedDays | undefined> => {
  if (!toldByNumbers(way.rows, way.by === 'opened' ? owners : undefined)) return undefined;
  const inOrder = (periods: readonly string[]): readonly string[] =>
    way.from === 'newest' ? periods.toReversed() : periods;
  const countsIn = (periods: readonly string[]) => countsOf(tx, parts, way, periods);
  const months = await passOver(inOrder(await monthsKept(tx, parts)), way.most, countsIn);
  if (!months) return undefined;
  const days = await passOver(inOrder(daysOf(months.next)), way.most - months.count, countsIn);
  if (!days) return undefined;
  const turn = startOfShanghaiDay(way.from === 'newest' ? plusDays(days.next, 1) : days.next);
  const [waiting, beside] = await Promise.all([countWaiting(tx, parts, way, turn), way.beside?.(turn) ?? 0]);
  return { turn, count: months.count + days.count + waiting + beside };
};
