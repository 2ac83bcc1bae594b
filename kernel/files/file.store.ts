import type { Db, Tx } from '#kernel/db/database.ts';
import { awaitFile, takeAwaited } from './awaited-file.store.ts';
import type { ReceivedFile } from './receive.ts';

/** A row of `kernel.file`. */
export interface FileTable {
  id: string;
  store_key: string;
  name: string;
  media_type: string;
  size_bytes: string;
  sm3: string;
  width: number | null;
  height: number | null;
  taken_at: Date | null;
  exif: string | null;
  uploaded_by: string;
  uploaded_at: Date;
}

type Tables = { 'kernel.file': FileTable };

/** A stored file as its readers need it. */
export interface StoredFile {
  readonly id: string;
  readonly storeKey: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sm3: string;
}

/** Records a received file in the caller's transaction, in which it stops being awaited. Errors: throws when it was cleared away meanwhile. */
export const addFile = async (
  tx: Tx,
  file: ReceivedFile,
  by: { readonly id: string; readonly uploadedBy: string; readonly at: Date },
): Promise<void> => {
  const [taken] = await Promise.all([takeAwaited(tx, file.storeKey), insertFile(tx, file, by)]);
  if (!taken) throw new Error(`file ${file.storeKey} is not awaited any more`);
};

const insertFile = (
  tx: Tx,
  file: ReceivedFile,
  by: { readonly id: string; readonly uploadedBy: string; readonly at: Date },
): Promise<unknown> =>
  tx
    .withTables<Tables>()
    .insertInto('kernel.file')
    .values({
      id: by.id,
      store_key: file.storeKey,
      name: file.name,
      media_type: file.mediaType,
      size_bytes: String(file.sizeBytes),
      sm3: file.sm3,
      width: file.image?.width ?? null,
      height: file.image?.height ?? null,
      taken_at: file.takenAt,
      exif: JSON.stringify({ place: file.place, device: file.device }),
      uploaded_by: by.uploadedBy,
      uploaded_at: by.at,
    })
    .execute();

/** The file of that id; undefined when there is none. Whether it may be seen is the asking feature's business. */
export const findFile = async (db: Db | Tx, id: string): Promise<StoredFile | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('kernel.file')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      storeKey: row.store_key,
      name: row.name,
      mediaType: row.media_type,
      sizeBytes: Number(row.size_bytes),
      sm3: row.sm3,
    }
  );
};

/** Forgets a file that no matter speaks of any more, in the caller's transaction; its bytes are cleared away as those of uploads that nobody took. */
export const releaseFile = async (tx: Tx, id: string, at: Date): Promise<void> => {
  const gone = await tx
    .withTables<Tables>()
    .deleteFrom('kernel.file')
    .where('id', '=', id)
    .returning('store_key')
    .executeTakeFirst();
  if (gone) await awaitFile(tx, gone.store_key, at);
};
