import type { Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

type Tables = { 'elv.public_query': { key: string; hour: string; count: number } };

/** Counts one more query under a key in an hour, one by one; answers the how-manieth it is. */
export const countQuery = async (tx: Tx, key: string, hour: string): Promise<number> => {
  await insertIfAbsent(tx, 'elv.public_query', { key, hour, count: 0 });
  const { count } = await tx
    .withTables<Tables>()
    .updateTable('elv.public_query')
    .set((eb) => ({ count: eb('count', '+', 1) }))
    .where('key', '=', key)
    .where('hour', '=', hour)
    .returning('count')
    .executeTakeFirstOrThrow();
  return count;
};

/** Forgets what was counted before an hour. */
export const forgetQueries = async (tx: Tx, before: string): Promise<void> => {
  await tx.withTables<Tables>().deleteFrom('elv.public_query').where('hour', '<', before).execute();
};
