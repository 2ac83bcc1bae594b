import { type Db, inTransaction } from '#kernel/db/database.ts';
import { countOneMore } from '#kernel/db/dialect/postgres.ts';

type Tables = { 'kernel.pace': { key: string; minute: number; count: number } };

/** How often something is done within a minute, counted by all processes together. */
export interface Pace {
  /** Counts one more of `key` (at most 200 characters) in the running minute; whether it is beyond `most`. */
  tooMany(key: string, most: number, now: Date): Promise<boolean>;
}

const minuteMs = 60_000;

/** Counts in the database, so that behind a load balancer a limit holds for all servers as one. Source: tender T2.7, T3.1; ADR 0054. */
export const paceOver = (db: Db): Pace => {
  let erased = 0;
  const eraseOld = async (minute: number): Promise<void> => {
    if (minute === erased) return;
    erased = minute;
    await db
      .withTables<Tables>()
      .deleteFrom('kernel.pace')
      .where('minute', '<', minute - 1)
      .execute();
  };
  return {
    tooMany: async (key, most, now) => {
      const minute = Math.floor(now.getTime() / minuteMs);
      await eraseOld(minute);
      const count = await inTransaction(db, (tx) => countOneMore(tx, 'kernel.pace', { key, minute }));
      return count > most;
    },
  };
};
