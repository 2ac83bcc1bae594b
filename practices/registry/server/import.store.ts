import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { ImportTable, RegistryTables } from './registry.tables.ts';

/** How long what was uploaded waits. Assumption: who does not come back within a day begins anew. */
const waitMs = 24 * 3_600_000;

const imports = (db: Db | Tx, schema: string) =>
  db.withTables<RegistryTables>().withSchema(schema).selectFrom('registry_import').selectAll();

/** Keeps an import unless this upload was kept before; answers what stands. */
export const keepImport = async (tx: Tx, schema: string, one: ImportTable): Promise<ImportTable> => {
  await insertIfAbsent(tx, `${schema}.registry_import`, { ...one });
  return imports(tx, schema)
    .where('uploaded_by', '=', one.uploaded_by)
    .where('upload_key', '=', one.upload_key)
    .executeTakeFirstOrThrow();
};

/** The import of an upload, where it was kept. */
export const findUpload = (db: Db, schema: string, by: string, key: string): Promise<ImportTable | undefined> =>
  imports(db, schema).where('uploaded_by', '=', by).where('upload_key', '=', key).executeTakeFirst();

/** One's own import; undefined for everybody else's. */
export const findImport = (db: Db, schema: string, by: string, id: string): Promise<ImportTable | undefined> =>
  imports(db, schema).where('id', '=', id).where('uploaded_by', '=', by).executeTakeFirst();

/** The same, held for the length of the transaction. */
export const lockImport = (tx: Tx, schema: string, by: string, id: string): Promise<ImportTable | undefined> =>
  imports(tx, schema).where('id', '=', id).where('uploaded_by', '=', by).forUpdate().executeTakeFirst();

/** Writes how many entries an import made; its lines are needed no more. */
export const noteEntered = async (tx: Tx, schema: string, id: string, entered: number): Promise<void> => {
  await tx
    .withTables<RegistryTables>()
    .withSchema(schema)
    .updateTable('registry_import')
    .set({ rows: null, entered })
    .where('id', '=', id)
    .execute();
};

/** Forgets lines that have waited longer than a day. */
export const forgetWaiting = async (tx: Tx, schema: string, now: Date): Promise<void> => {
  await tx
    .withTables<RegistryTables>()
    .withSchema(schema)
    .updateTable('registry_import')
    .set({ rows: null })
    .where('uploaded_at', '<', new Date(now.getTime() - waitMs))
    .where('rows', 'is not', null)
    .execute();
};
