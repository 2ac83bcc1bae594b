import type { Predicate } from '#kernel/access/predicate.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { type Move, passagesOf } from '../model/passage.ts';
import { type Figures, readFigures } from './figures.store.ts';
import { gather, type OwnedTally } from './owned-tally.ts';
import { addPassage, addTallies, dropPassages, type PassageOf, takePassages, talliesOfRow } from './passage.store.ts';
import { type PassedDays, passDays, type Way } from './passed-days.store.ts';
import { beginRecount, lastRecount } from './recount.store.ts';
import { type Recount, recount } from './recount.ts';
import { type Standing, standingOf, toldByNumbers } from './standing.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { RecountTable } from './statistics.tables.ts';

/** Numbers of one kind of case, kept with its steps. Source: tender R14, T2.11. */
export interface CaseStatistics {
  /** Counts that a case was opened, or with its moves what its newest step led to; in the transaction of either. */
  count(tx: Tx, of: PassageOf, openedAt: Date, moves: readonly Move[]): Promise<void>;
  /** Adds up what was counted since; answers how many passages that were. */
  addUp(): Promise<number>;
  /** Compares all numbers with the steps and writes anew what differs. */
  recount(): Promise<Recount>;
  figures(rows: Predicate, periods: readonly string[]): Promise<Figures>;
  /**
   * How many cases rest in each state now, or with each enterprise, exactly; undefined where the rows are told by more than enterprise, district and state, and until the
   * numbers were first counted: a system may be older than they are. Asked by the connection given, if any.
   */
  standing(rows: Predicate, by: 'state' | 'enterprise', db?: Db): Promise<readonly Standing[] | undefined>;
  /** Whole days passed over on the way to a line far back in a list; undefined where {@link standing} would be. In a transaction as of one moment. */
  passDays(tx: Tx, way: Way): Promise<PassedDays | undefined>;
  /** The last recount that came to its end. */
  lastRecount(): Promise<RecountTable | undefined>;
  /** Adds up every few seconds, and compares once a day. */
  start(): void;
  stop(): Promise<void>;
}

const passagesAtOnce = 500;
const everyMs = 5_000;
/** From this time of Shanghai on a day's comparison may begin: nobody is at work then. */
const fromHour = '02:00';

const addUp = async (parts: StatisticsParts): Promise<number> => {
  let all = 0;
  for (;;) {
    const some = await inTransaction(parts.db, async (tx) => {
      const rows = await takePassages(tx, parts, passagesAtOnce);
      const tallies = new Map<string, OwnedTally>();
      for (const row of rows) gather(tallies, talliesOfRow(parts, row));
      await addTallies(tx, parts, tallies);
      await dropPassages(
        tx,
        parts,
        rows.map(({ id }) => id),
      );
      return rows.length;
    });
    all += some;
    if (some < passagesAtOnce) return all;
  }
};

/**
 * Whether the numbers are to be compared now: once a day, and at once where they never were, since they may not have been kept from the beginning.
 * Of several processes one is told so; what failed or was cut off is due again the same day.
 */
const dueOver = (parts: StatisticsParts): (() => Promise<boolean>) => {
  let compared: string | undefined;
  return async () => {
    const at = parts.clock.now();
    const now = shanghaiMinute(at);
    const day = now.slice(0, 10);
    if (compared === day) return false;
    const last = await lastRecount(parts.db, parts);
    if (last?.day === day) {
      compared = day;
      return false;
    }
    return last && now.slice(-5) < fromHour ? false : beginRecount(parts, at);
  };
};

/** Whether the numbers were ever counted from the steps; once true, true for good. Whoever has a connection asks by it: another one may not be had while it is held. */
const countedOver = (parts: StatisticsParts): ((db: Db) => Promise<boolean>) => {
  let counted = false;
  return async (db) => {
    counted ||= (await lastRecount(db, parts)) !== undefined;
    return counted;
  };
};

/** Adds up and compares by itself once started. */
const working = (parts: StatisticsParts): Pick<CaseStatistics, 'start' | 'stop'> => {
  const isDue = dueOver(parts);
  return parts.jobs.repeat(`statistics-${parts.schema}`, everyMs, async (stopping) => {
    await addUp(parts);
    if (await isDue()) await recount(parts, stopping);
  });
};

/** The statistics of a kind of case. Nothing runs by itself before it is started. */
export const caseStatistics = (parts: StatisticsParts): CaseStatistics => {
  const isCounted = countedOver(parts);
  const readStanding = standingOf(parts);
  return {
    count: async (tx, of, openedAt, moves) => {
      const passage = passagesOf(parts.profile, openedAt, moves).at(-1);
      if (passage) await addPassage(tx, parts, of, passage);
    },
    addUp: () => addUp(parts),
    recount: () => recount(parts),
    figures: (rows, periods) => readFigures(parts, rows, periods),
    standing: async (rows, by, db = parts.db) =>
      toldByNumbers(rows) && (await isCounted(db)) ? readStanding(db, rows, by) : undefined,
    passDays: async (tx, way) => ((await isCounted(tx)) ? passDays(tx, parts, way) : undefined),
    lastRecount: () => lastRecount(parts.db, parts),
    ...working(parts),
  };
};
