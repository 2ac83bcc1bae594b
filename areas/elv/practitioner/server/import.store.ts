import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { ImportTable, PractitionerTables } from './practitioner.tables.ts';

/** How long what was uploaded waits. Assumption: who does not come back within a day begins anew. */
const waitMs = 24 * 3_600_000;

const imports = (db: Db | Tx) => db.withTables<PractitionerTables>().selectFrom('elv.practitioner_import').selectAll();

/** Keeps an import unless this upload was kept before; answers what stands. Lines that have waited longer than a day are forgotten. */
export const keepImport = async (tx: Tx, one: ImportTable): Promise<ImportTable> => {
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_import')
    .set({ rows: null })
    .where('uploaded_at', '<', new Date(one.uploaded_at.getTime() - waitMs))
    .where('rows', 'is not', null)
    .execute();
  await insertIfAbsent(tx, 'elv.practitioner_import', { ...one });
  return imports(tx)
    .where('uploaded_by', '=', one.uploaded_by)
    .where('upload_key', '=', one.upload_key)
    .executeTakeFirstOrThrow();
};

/** The import of an upload, where it was kept. */
export const findUpload = (db: Db, by: string, key: string): Promise<ImportTable | undefined> =>
  imports(db).where('uploaded_by', '=', by).where('upload_key', '=', key).executeTakeFirst();

/** One's own import; undefined for everybody else's. */
export const findImport = (db: Db, by: string, id: string): Promise<ImportTable | undefined> =>
  imports(db).where('id', '=', id).where('uploaded_by', '=', by).executeTakeFirst();

/** The same, held for the length of the transaction. */
export const lockImport = (tx: Tx, by: string, id: string): Promise<ImportTable | undefined> =>
  imports(tx).where('id', '=', id).where('uploaded_by', '=', by).forUpdate().executeTakeFirst();

/** Writes how many people an import entered; its lines are needed no more. */
export const noteEntered = async (tx: Tx, id: string, entered: number): Promise<void> => {
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_import')
    .set({ rows: null, entered })
    .where('id', '=', id)
    .execute();
};
