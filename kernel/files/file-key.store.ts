import type { Db, Tx } from '#kernel/db/database.ts';

/** `f1`: sealed in pieces, see sealed-pieces. `plain`: from before files were sealed. */
export type FileScheme = 'f1' | 'plain';

interface FileKeyTable {
  store_key: string;
  scheme: FileScheme;
  /** Null for a plain file. */
  sealed_key: string | null;
  leftover: string | null;
}

type Tables = { 'kernel.file_key': FileKeyTable; 'kernel.file': { store_key: string } };

/** How one file lies in the store. */
export interface FileKeyRow {
  readonly storeKey: string;
  readonly scheme: FileScheme;
  readonly sealedKey: string | null;
}

/** Where the data key of a file is sealed to. */
export const filePlace = (storeKey: string): string => `kernel.file_key:${storeKey}`;

/** Keeps the sealed data key of a file. */
export const addFileKey = async (
  db: Db | Tx,
  storeKey: string,
  sealedKey: string,
  leftover: string | null = null,
): Promise<void> => {
  await db
    .withTables<Tables>()
    .insertInto('kernel.file_key')
    .values({ store_key: storeKey, scheme: 'f1', sealed_key: sealedKey, leftover })
    .execute();
};

/** How a file lies in the store; undefined for a file that is not known there. */
export const findFileKey = async (db: Db | Tx, storeKey: string): Promise<FileKeyRow | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('kernel.file_key')
    .select(['scheme', 'sealed_key'])
    .where('store_key', '=', storeKey)
    .executeTakeFirst();
  return row && { storeKey, scheme: row.scheme, sealedKey: row.sealed_key };
};

/** Forgets a file's key; what lies in the store can never be read again. */
export const dropFileKey = async (db: Db | Tx, storeKey: string): Promise<void> => {
  await db.withTables<Tables>().deleteFrom('kernel.file_key').where('store_key', '=', storeKey).execute();
};

/** Some files that lie plain. */
export const listPlainFiles = async (db: Db, most: number): Promise<readonly string[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.file_key')
    .select('store_key')
    .where('scheme', '=', 'plain')
    .orderBy('store_key')
    .limit(most)
    .execute();
  return rows.map(({ store_key }) => store_key);
};

/** How many files lie sealed and how many plain. */
export const countFiles = async (db: Db): Promise<{ readonly sealed: number; readonly plain: number }> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.file_key')
    .select(({ fn }) => ['scheme', fn.countAll<string>().as('count')])
    .groupBy('scheme')
    .execute();
  const of = (scheme: FileScheme): number => Number(rows.find((row) => row.scheme === scheme)?.count ?? 0);
  return { sealed: of('f1'), plain: of('plain') };
};

/**
 * Puts a sealed copy in the place of a plain file, in the caller's transaction. Answers false when somebody did it, or deleted the file, meanwhile.
 */
export const replacePlain = async (tx: Tx, plain: string, sealed: string, sealedKey: string): Promise<boolean> => {
  const gone = await tx
    .withTables<Tables>()
    .deleteFrom('kernel.file_key')
    .where('store_key', '=', plain)
    .where('scheme', '=', 'plain')
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await tx
    .withTables<Tables>()
    .updateTable('kernel.file')
    .set({ store_key: sealed })
    .where('store_key', '=', plain)
    .execute();
  await addFileKey(tx, sealed, sealedKey, plain);
  return true;
};

/** Plain files whose sealed copy is in use: still to be deleted from the store. */
export const listLeftovers = async (db: Db): Promise<readonly string[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.file_key')
    .select('leftover')
    .where('leftover', 'is not', null)
    .execute();
  return rows.flatMap(({ leftover }) => (leftover === null ? [] : [leftover]));
};

/** Notes that a leftover is gone. */
export const noteLeftoverGone = async (db: Db, leftover: string): Promise<void> => {
  await db
    .withTables<Tables>()
    .updateTable('kernel.file_key')
    .set({ leftover: null })
    .where('leftover', '=', leftover)
    .execute();
};
