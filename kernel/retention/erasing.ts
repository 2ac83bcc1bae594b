import { setTimeout as pause } from 'node:timers/promises';
import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Jobs, Repeating } from '#kernel/jobs/jobs.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { beginErasing, databaseNow, noteErased } from './erasing.store.ts';
import type { Retention } from './retention.ts';

/** What erasing works with. */
export interface ErasingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly settings: RuntimeSettings;
  readonly jobs: Jobs;
  /** The database's own time; asked of it unless given. */
  readonly timeOf?: (db: Db) => Promise<Date>;
}

const atOnce = 500;
/** A quarter of a million rows in a round: what ten years have left is gone within days, and nobody waits for it. */
const piecesInRound = 500;
const restMs = 20;
const everyMs = 3_600_000;
const dayMs = 86_400_000;

/** How the log calls it. */
export const erasingAction = 'kernel.retention.erase';

/** What is erased does not come back when a clock is put right: this process's and the database's must agree so far. */
const mostApartMs = 3_600_000;

/** What is older is erased. Errors: throws where the clocks do not agree. */
const beforeOf = async (
  { db, clock, settings, timeOf = databaseNow }: ErasingParts,
  { keep, leastDays }: Retention,
): Promise<Date> => {
  const own = clock.now();
  const now = new Date(Math.min(own.getTime(), (await timeOf(db)).getTime()));
  if (own.getTime() - now.getTime() > mostApartMs)
    throw new Error(`the clock of this process is ahead of the database's by more than an hour: ${own.toISOString()}`);
  const ahead = await settings.deadline(keep, now);
  return new Date(Math.min(2 * now.getTime() - ahead.getTime(), now.getTime() - leastDays * dayMs));
};

/**
 * Erases what of a kind has been kept long enough, a few rows in each transaction, until nothing is left, enough was done for a round, or it is to stop: then the
 * next round, after a restart or in another process, goes on where this one ended. Answers how much. What was erased is told to the log by number alone.
 */
export const eraseDue = async (parts: ErasingParts, retention: Retention, stopping?: AbortSignal): Promise<number> => {
  const { db, clock } = parts;
  const { id } = retention;
  const before = await beforeOf(parts, retention);
  let after = await inTransaction(db, (tx) => beginErasing(tx, id, clock.now()));
  let inRound = 0;
  for (let piece = 0; piece < piecesInRound && !stopping?.aborted; piece += 1) {
    const from = after;
    const erased = await inTransaction(db, async (tx) => {
      const { count, after: end = from } = await retention.erase(tx, { after: from, before, most: atOnce });
      if (count > 0 || end !== from)
        await noteErased(tx, id, { at: clock.now(), count, inRound: inRound + count, after: end });
      return { count, end };
    });
    inRound += erased.count;
    // Rows that stay are passed by their keys; rows that go are fewer each time.
    if (erased.end === from && erased.count < atOnce) break;
    after = erased.end;
    await pause(restMs);
  }
  if (inRound > 0) {
    const fact = serverFact(clock.now(), erasingAction, { what: id, before: before.toISOString(), rows: inRound });
    await inTransaction(db, (tx) => appendFact(tx, fact));
  }
  return inRound;
};

/** The job of each kind, by itself once started. */
export const erasingJobs = (parts: ErasingParts, retentions: readonly Retention[]): Repeating => {
  const jobs = retentions.map((one) =>
    parts.jobs.repeat(`erase-${one.id}`, everyMs, (stopping) => eraseDue(parts, one, stopping)),
  );
  return {
    start: () => {
      for (const job of jobs) job.start();
    },
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
};
