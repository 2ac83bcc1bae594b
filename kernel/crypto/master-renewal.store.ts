import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { holdKeys, keyTables, listDataKeys, masterIdOf, openRoot, sealRoot } from './data-key.store.ts';
import { keyIdOf } from './sealed-text.ts';

/**
 * Seals every data key anew under another master key, all in one transaction: whoever dies in between has changed nothing. What was derived from the old master key
 * itself is kept as a key like the others from then on, so digests that are never renewed stay what they are. Answers how many were not under it yet.
 * Errors: throws MasterKeyWrong when a key lies under neither of the known ones.
 */
export const rewrapKeys = (
  db: Db,
  keys: { readonly known: readonly Buffer[]; readonly next: Buffer },
  at: Date,
  onChange: (tx: Tx, count: number) => Promise<void>,
): Promise<number> =>
  inTransaction(db, async (tx) => {
    await holdKeys(tx);
    const { known, next } = keys;
    const id = masterIdOf(next);
    const others = (await listDataKeys(tx)).filter(
      ({ sealed_root }) => sealed_root === null || keyIdOf(sealed_root) !== id,
    );
    for (const row of others) {
      await keyTables(tx)
        .updateTable('kernel.data_key')
        .set({ sealed_root: sealRoot(next, row, openRoot([next, ...known], row)) })
        .where('purpose', '=', row.purpose)
        .where('id', '=', row.id)
        .execute();
    }
    if (others.length === 0) return 0;
    await keyTables(tx).deleteFrom('kernel.master_key_change').where('id', '=', id).execute();
    await keyTables(tx).insertInto('kernel.master_key_change').values({ id, at }).execute();
    await onChange(tx, others.length);
    return others.length;
  });

/** Opens every data key with one master key alone; answers how many there are. Errors: throws MasterKeyWrong, SealBroken. */
export const openAllKeys = async (db: Db, master: Buffer): Promise<number> => {
  const rows = await listDataKeys(db);
  for (const row of rows) openRoot([master], row);
  return rows.length;
};

/** When the data keys came to lie under a master key; null where it is the one they began with. */
export const masterSince = async (db: Db, master: Buffer): Promise<Date | null> => {
  const row = await keyTables(db)
    .selectFrom('kernel.master_key_change')
    .select('at')
    .where('id', '=', masterIdOf(master))
    .executeTakeFirst();
  return row?.at ?? null;
};
