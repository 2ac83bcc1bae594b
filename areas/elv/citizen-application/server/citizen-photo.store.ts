import type { Db, Tx } from '#kernel/db/database.ts';
import type { CitizenPhotoTable, CitizenTables } from './citizen-application.tables.ts';

const photos = (db: Db | Tx, applicationId: string) =>
  db
    .withTables<CitizenTables>()
    .selectFrom('elv.citizen_photo')
    .selectAll()
    .where('application_id', '=', applicationId);

/** The photographs of an application that have not been taken out, oldest first. */
export const listPhotos = (db: Db | Tx, applicationId: string): Promise<CitizenPhotoTable[]> =>
  photos(db, applicationId).where('removed_at', 'is', null).orderBy('uploaded_at').orderBy('id').execute();

/** One photograph that has not been taken out. */
export const findPhoto = (db: Db | Tx, applicationId: string, id: string): Promise<CitizenPhotoTable | undefined> =>
  photos(db, applicationId).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst();

/** The photograph uploaded under a key, taken out or not. */
export const findPhotoByKey = (
  db: Db | Tx,
  applicationId: string,
  uploadKey: string,
): Promise<CitizenPhotoTable | undefined> =>
  photos(db, applicationId).where('upload_key', '=', uploadKey).executeTakeFirst();

/** Adds a photograph; the unique key refuses the same upload a second time. */
export const addPhoto = async (tx: Tx, row: CitizenPhotoTable): Promise<void> => {
  await tx.withTables<CitizenTables>().insertInto('elv.citizen_photo').values(row).execute();
};

/** Takes photographs out of their place, by id or all of some places; rows and files stay as evidence. */
export const takeOut = async (
  tx: Tx,
  applicationId: string,
  which: { readonly id: string } | { readonly parts: readonly string[] },
  at: Date,
): Promise<void> => {
  if ('parts' in which && which.parts.length === 0) return;
  const update = tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_photo')
    .set({ removed_at: at })
    .where('application_id', '=', applicationId)
    .where('removed_at', 'is', null);
  await ('id' in which ? update.where('id', '=', which.id) : update.where('part', 'in', which.parts)).execute();
};
