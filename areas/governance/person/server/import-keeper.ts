import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { forgetWaiting } from './import.store.ts';

/** What sees to it that imports keep nothing beyond their term. */
export interface ImportKeeperParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

/** Forgets what imports have kept beyond their term, by itself: nobody has to come back for it. */
export interface ImportKeeper {
  start(): void;
  /** Stops after the round at hand. */
  stop(): Promise<void>;
}

const everyMs = 10 * 60_000;

/** The keeper; nothing runs before it is started. The first round is at once. Source: tender R42; domain 10.5. */
export const importKeeper = ({ db, clock, onFailure }: ImportKeeperParts, pauseMs = everyMs): ImportKeeper => {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const begin = (): void => {
    working = inTransaction(db, (tx) => forgetWaiting(tx, clock.now()))
      .catch(onFailure)
      .finally(() => {
        if (!stopped) timer = setTimeout(begin, pauseMs).unref();
      });
  };
  return {
    start: begin,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
};
