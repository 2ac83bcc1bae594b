import type { Db, Tx } from '#kernel/db/database.ts';
import { countOneMore } from '#kernel/db/dialect/postgres.ts';

type Tables = { 'elv.public_query': { key: string; hour: string; count: number } };

/** Counts one more query under a key in an hour, one by one; answers the how-manieth it is. */
export const countQuery = (tx: Tx, key: string, hour: string): Promise<number> =>
  countOneMore(tx, 'elv.public_query', { key, hour });

/** Forgets what was counted before an hour. */
export const forgetQueries = async (db: Db, before: string): Promise<void> => {
  await db.withTables<Tables>().deleteFrom('elv.public_query').where('hour', '<', before).execute();
};
