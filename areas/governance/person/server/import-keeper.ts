import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Jobs, Repeating } from '#kernel/jobs/jobs.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { forgetWaiting } from './import.store.ts';

/** What sees to it that imports keep nothing beyond their term. */
export interface ImportKeeperParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: Jobs;
}

const everyMs = 10 * 60_000;

/** Forgets what imports have kept beyond their term, by itself: nobody has to come back for it. Source: tender R42; domain 10.5. */
export const importKeeper = ({ db, clock, jobs }: ImportKeeperParts, pauseMs = everyMs): Repeating =>
  jobs.repeat('import-keeping', pauseMs, () => inTransaction(db, (tx) => forgetWaiting(tx, clock.now())));
