import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';

type Tables = { 'kernel.file_awaited': { store_key: string; since: Date } };

/** Notes that bytes are about to come which no matter speaks of yet. */
export const awaitFile = async (tx: Tx, storeKey: string, since: Date): Promise<void> => {
  await tx.withTables<Tables>().insertInto('kernel.file_awaited').values({ store_key: storeKey, since }).execute();
};

/** Takes a file out of those that are awaited, in the transaction that speaks of it. Answers false when it was not among them: then its bytes are gone, or never came. */
export const takeAwaited = async (tx: Db | Tx, storeKey: string): Promise<boolean> => {
  const gone = await tx
    .withTables<Tables>()
    .deleteFrom('kernel.file_awaited')
    .where('store_key', '=', storeKey)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
};

/**
 * Gives the oldest upload that nobody took up by `before` to `remove`, in one transaction with taking it out of the list. Whoever would take it meanwhile waits,
 * and then finds it gone. Answers its key; undefined when there is none.
 */
export const abandonOldest = (
  db: Db,
  before: Date,
  remove: (tx: Tx, storeKey: string) => Promise<void>,
): Promise<string | undefined> =>
  inTransaction(db, async (tx) => {
    const row = await tx
      .withTables<Tables>()
      .selectFrom('kernel.file_awaited')
      .select('store_key')
      .where('since', '<', before)
      .orderBy('since')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return undefined;
    await remove(tx, row.store_key);
    await takeAwaited(tx, row.store_key);
    return row.store_key;
  });

/** Puts off an upload that could not be cleared away, so that those behind it are. */
export const putOffAwaited = async (db: Db, storeKey: string, until: Date): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('kernel.file_awaited')
    .set({ since: until })
    .where('store_key', '=', storeKey)
    .execute();
};
