import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { PersonTables } from './person.tables.ts';

/** An import as stored. */
export type StoredImport = PersonTables['governance.person_import'];

/** How long what was uploaded waits, and passwords can be fetched. Assumption: who does not come back within a day begins anew. */
const waitMs = 24 * 3_600_000;

/** Keeps an import unless this upload was kept before; answers what stands. */
export const keepImport = async (tx: Tx, one: StoredImport): Promise<StoredImport> => {
  await insertIfAbsent(tx, 'governance.person_import', { ...one });
  return tx
    .withTables<PersonTables>()
    .selectFrom('governance.person_import')
    .selectAll()
    .where('uploaded_by', '=', one.uploaded_by)
    .where('upload_key', '=', one.upload_key)
    .executeTakeFirstOrThrow();
};

/** The import of an upload, where it was kept. */
export const findUpload = async (db: Db, by: string, key: string): Promise<StoredImport | undefined> =>
  db
    .withTables<PersonTables>()
    .selectFrom('governance.person_import')
    .selectAll()
    .where('uploaded_by', '=', by)
    .where('upload_key', '=', key)
    .executeTakeFirst();

/** One's own import; undefined for everybody else's. */
export const findImport = async (db: Db | Tx, by: string, id: string): Promise<StoredImport | undefined> =>
  db
    .withTables<PersonTables>()
    .selectFrom('governance.person_import')
    .selectAll()
    .where('id', '=', id)
    .where('uploaded_by', '=', by)
    .executeTakeFirst();

/** The same, held for the length of the transaction. */
export const lockImport = async (tx: Tx, by: string, id: string): Promise<StoredImport | undefined> =>
  tx
    .withTables<PersonTables>()
    .selectFrom('governance.person_import')
    .selectAll()
    .where('id', '=', id)
    .where('uploaded_by', '=', by)
    .forUpdate()
    .executeTakeFirst();

/** Writes what became of an import. */
export const updateImport = async (
  tx: Tx,
  id: string,
  set: Partial<Pick<StoredImport, 'people' | 'opened' | 'passwords'>>,
): Promise<void> => {
  await tx.withTables<PersonTables>().updateTable('governance.person_import').set(set).where('id', '=', id).execute();
};

/** Forgets people and passwords that have waited longer than a day. */
export const forgetWaiting = async (tx: Tx, now: Date): Promise<void> => {
  await tx
    .withTables<PersonTables>()
    .updateTable('governance.person_import')
    .set({ people: null, passwords: null })
    .where('uploaded_at', '<', new Date(now.getTime() - waitMs))
    .where((eb) => eb.or([eb('people', 'is not', null), eb('passwords', 'is not', null)]))
    .execute();
};
