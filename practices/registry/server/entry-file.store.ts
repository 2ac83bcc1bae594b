import type { Db, Tx } from '#kernel/db/database.ts';
import type { FileTable, RegistryTables } from './registry.tables.ts';

const files = (db: Db | Tx, schema: string) =>
  db.withTables<RegistryTables>().withSchema(schema).selectFrom('registry_file').selectAll();

/** The attachments of an entry that have not been taken out, oldest first. */
export const listFiles = (db: Db | Tx, schema: string, entryId: string): Promise<FileTable[]> =>
  files(db, schema)
    .where('entry_id', '=', entryId)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();

/** One attachment of an entry that has not been taken out. */
export const findFileRow = (db: Db | Tx, schema: string, entryId: string, id: string): Promise<FileTable | undefined> =>
  files(db, schema)
    .where('entry_id', '=', entryId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();

/** The attachment uploaded under a key, taken out or not. */
export const findFileByKey = (
  db: Db | Tx,
  schema: string,
  entryId: string,
  uploadKey: string,
): Promise<FileTable | undefined> =>
  files(db, schema).where('entry_id', '=', entryId).where('upload_key', '=', uploadKey).executeTakeFirst();

/** Adds an attachment; the unique key refuses the same upload a second time. */
export const addFileRow = async (tx: Tx, schema: string, row: FileTable): Promise<void> => {
  await tx.withTables<RegistryTables>().withSchema(schema).insertInto('registry_file').values(row).execute();
};

/** Takes attachments out of their place, by id or all of a place; rows and files stay as evidence. */
export const takeOut = async (
  tx: Tx,
  schema: string,
  entryId: string,
  which: { readonly id: string } | { readonly part: string },
  by: string,
  at: Date,
): Promise<void> => {
  const update = tx
    .withTables<RegistryTables>()
    .withSchema(schema)
    .updateTable('registry_file')
    .set({ removed_at: at, removed_by: by })
    .where('entry_id', '=', entryId)
    .where('removed_at', 'is', null);
  await ('id' in which ? update.where('id', '=', which.id) : update.where('part', '=', which.part)).execute();
};

/** Puts back exactly the attachments named: those that stood in the registry before a change that came to nothing. */
export const restoreFiles = async (
  tx: Tx,
  schema: string,
  entryId: string,
  ids: readonly string[],
  by: string,
  at: Date,
): Promise<void> => {
  const update = () =>
    tx.withTables<RegistryTables>().withSchema(schema).updateTable('registry_file').where('entry_id', '=', entryId);
  const standing = [...ids];
  const others = update().set({ removed_at: at, removed_by: by }).where('removed_at', 'is', null);
  await (standing.length === 0 ? others : others.where('id', 'not in', standing)).execute();
  if (standing.length > 0)
    await update().set({ removed_at: null, removed_by: null }).where('id', 'in', standing).execute();
};
