import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

interface CheckTable {
  id: string;
  after_key: string;
  began_at: Date;
  ended_at: Date | null;
  checked: string;
  bad: string;
}

type Tables = { 'kernel.file_check': CheckTable; 'kernel.file': { store_key: string; sm3: string } };

/** How a round of reading all files again stands, or the last one if none is under way. */
export interface CheckStanding {
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly checked: number;
  readonly bad: number;
}

/** A file that is to be read again, and what it must come to. */
export interface FileToCheck {
  readonly storeKey: string;
  readonly sm3: string;
}

const id = 'files';

const filesAfter = (tx: Tx, after: string, most: number) =>
  tx
    .withTables<Tables>()
    .selectFrom('kernel.file')
    .select(['store_key as storeKey', 'sm3'])
    .where('store_key', '>', after)
    .orderBy('store_key')
    .limit(most)
    .execute();

/**
 * Takes the next files of the round; no other process is given them. Ends the round behind the last file; the next one begins no sooner than `restMs` after this one
 * began, and until then there is nothing to do.
 */
export const takeFilesToCheck = (db: Db, now: Date, most: number, restMs: number): Promise<readonly FileToCheck[]> =>
  inTransaction(db, async (tx) => {
    const first = { id, after_key: '', began_at: now, ended_at: null, checked: '0', bad: '0' };
    await insertIfAbsent(tx, 'kernel.file_check', first);
    const row = await tx
      .withTables<Tables>()
      .selectFrom('kernel.file_check')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const again = row.ended_at !== null;
    if (again && now.getTime() - row.began_at.getTime() < restMs) return [];
    const files = await filesAfter(tx, again ? '' : row.after_key, most);
    const last = files.at(-1);
    await tx
      .withTables<Tables>()
      .updateTable('kernel.file_check')
      .set({
        after_key: last?.storeKey ?? row.after_key,
        ended_at: files.length < most ? now : null,
        ...(again ? { began_at: now, checked: '0', bad: '0' } : {}),
      })
      .where('id', '=', id)
      .execute();
    return files;
  });

/** Adds to what the round has come to. */
export const countChecked = async (db: Db, checked: number, bad: number): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('kernel.file_check')
    .set((eb) => ({ checked: eb('checked', '+', String(checked)), bad: eb('bad', '+', String(bad)) }))
    .where('id', '=', id)
    .execute();
};

/** How the checking stands; undefined where it has never begun. */
export const checkStanding = async (db: Db): Promise<CheckStanding | undefined> => {
  const row = await db.withTables<Tables>().selectFrom('kernel.file_check').selectAll().executeTakeFirst();
  return (
    row && {
      beganAt: row.began_at,
      endedAt: row.ended_at,
      checked: Number(row.checked),
      bad: Number(row.bad),
    }
  );
};
