import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PaperResult } from '#practices/paper-reading/model/paper-reading.ts';
import type { CitizenPhotoTable, CitizenTables } from './citizen-application.tables.ts';

const purpose = 'reading';
const placeOf = (id: string): string => `elv.citizen_photo:${id}`;

/** What is sealed of photographs. Source: tender R55 (4). */
export const citizenPhotoSealed: SealedTable = sealedColumns({
  table: 'elv.citizen_photo',
  title: '个人申请照片识别结果',
  key: ['id'],
  purpose,
  columns: { reading: ({ id }) => placeOf(id ?? '') },
});

/** What was first read of a photograph; undefined where nothing was. */
export const readingOf = async (
  crypto: Crypto,
  { id, reading }: CitizenPhotoTable,
): Promise<PaperResult | undefined> => {
  if (reading === null) return undefined;
  // Sealed by keepReading from this shape.
  return JSON.parse(Buffer.from(await crypto.open(purpose, reading, placeOf(id))).toString('utf8')) as PaperResult;
};

/** Keeps what was read of a photograph. */
export const keepReading = async (tx: Tx, crypto: Crypto, id: string, result: PaperResult): Promise<void> => {
  const reading = await crypto.seal(purpose, Buffer.from(JSON.stringify(result), 'utf8'), placeOf(id));
  await tx.withTables<CitizenTables>().updateTable('elv.citizen_photo').set({ reading }).where('id', '=', id).execute();
};

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

/** How many photographs were ever put into an application, those that were taken out among them: their files stay. */
export const countPhotos = async (db: Db | Tx, applicationId: string): Promise<number> => {
  const { count } = await db
    .withTables<CitizenTables>()
    .selectFrom('elv.citizen_photo')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow();
  return Number(count);
};

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
