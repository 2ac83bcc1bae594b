import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Part, partOf, readPart } from '#kernel/db/parts.ts';
import type { PaperReading } from '#practices/paper-reading/model/paper-reading.ts';
import { awaitReading } from './reading-queue.store.ts';
import type { ElvTables, PhotoTable } from './vehicle-case.tables.ts';

/** A photograph in its place, reading opened. */
export interface PhotoRow extends Omit<PhotoTable, 'ocr_fields'> {
  readonly reading: PaperReading | null;
}

/** Where the reading of a photograph is sealed to. */
export const readingPlace = (id: string): string => `elv.vehicle_photo:${id}`;

const opened = async (crypto: Crypto, { ocr_fields: sealed, ...row }: PhotoTable): Promise<PhotoRow> => ({
  ...row,
  // Sealed by keepReading from this shape.
  reading:
    sealed === null
      ? null
      : (JSON.parse(
          Buffer.from(await crypto.open('reading', sealed, readingPlace(row.id))).toString('utf8'),
        ) as PaperReading),
});

const photos = (db: Db | Tx) => db.withTables<ElvTables>().selectFrom('elv.vehicle_photo').selectAll();

const inPlace = (db: Db | Tx, caseId: string) =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_photo')
    .where('case_id', '=', caseId)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id');

/** The photographs of a case that have not been taken out, oldest first, to be read with other rows and then opened. */
export const photosPart = (db: Db | Tx, caseId: string): Part<PhotoTable> =>
  partOf(
    inPlace(db, caseId).selectAll(),
    { uploaded_at: 'time', device_time: 'time', removed_at: 'time', size_bytes: 'bigint' },
    (row) => row,
  );

/** Opens what was read of photographs. */
export const openPhotos = (crypto: Crypto, rows: readonly PhotoTable[]): Promise<readonly PhotoRow[]> =>
  Promise.all(rows.map((row) => opened(crypto, row)));

/** The photographs of a case that have not been taken out, oldest first. */
export const listPhotos = async (db: Db | Tx, crypto: Crypto, caseId: string): Promise<readonly PhotoRow[]> =>
  openPhotos(crypto, await readPart(db, photosPart(db, caseId)));

/** What guards and messages look at of the photographs; nothing is opened. */
export const photoFactsPart = (
  db: Db | Tx,
  caseId: string,
): Part<Pick<PhotoTable, 'part' | 'uploaded_at' | 'sm3' | 'file_id'>> =>
  partOf(inPlace(db, caseId).select(['part', 'uploaded_at', 'sm3', 'file_id']), { uploaded_at: 'time' }, (row) => row);

/** How reading stands with the photographs of a case that have not been taken out, oldest first; nothing is opened. */
export const readingStatesPart = (db: Db | Tx, caseId: string): Part<Pick<PhotoTable, 'id' | 'ocr_status'>> =>
  partOf(inPlace(db, caseId).select(['id', 'ocr_status']), {}, (row) => row);

/** One photograph of a case; undefined when it is not there or was taken out. */
export const findPhoto = async (
  db: Db | Tx,
  crypto: Crypto,
  caseId: string,
  id: string,
): Promise<PhotoRow | undefined> => {
  const row = await photos(db)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && opened(crypto, row);
};

/** The photograph uploaded under a key, taken out or not. */
export const findPhotoByKey = async (
  db: Db | Tx,
  crypto: Crypto,
  caseId: string,
  uploadKey: string,
): Promise<PhotoRow | undefined> => {
  const row = await photos(db).where('case_id', '=', caseId).where('upload_key', '=', uploadKey).executeTakeFirst();
  return row && opened(crypto, row);
};

/** Adds a photograph; the unique key refuses the same upload a second time. One whose paper is to be read joins those that wait for it. */
export const addPhoto = async (tx: Tx, row: PhotoTable): Promise<void> => {
  await tx.withTables<ElvTables>().insertInto('elv.vehicle_photo').values(row).execute();
  if (row.ocr_status === 'waiting') await awaitReading(tx, { photoId: row.id, caseId: row.case_id });
};

/** Takes a photograph out of its place; its row and file stay as evidence. */
export const removePhoto = async (tx: Tx, id: string, by: string, at: Date): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_photo')
    .set({ removed_at: at, removed_by: by })
    .where('id', '=', id)
    .execute();
};

/** Takes out what stands in a place that holds one photograph only, because a new one comes. */
export const retirePart = async (tx: Tx, caseId: string, part: string, by: string, at: Date): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_photo')
    .set({ removed_at: at, removed_by: by })
    .where('case_id', '=', caseId)
    .where('part', '=', part)
    .where('removed_at', 'is', null)
    .execute();
};

/** The photographs in these places, as ids. */
export const listPhotoIds = async (db: Db | Tx, caseId: string, parts: readonly string[]): Promise<readonly string[]> =>
  (await inPlace(db, caseId).select('id').where('part', 'in', parts).execute()).map(({ id }) => id);

/** Puts these photographs back into their places, and takes out what else stands there. */
export const restorePhotos = async (
  tx: Tx,
  caseId: string,
  {
    parts,
    ids,
    by,
    at,
  }: { readonly parts: readonly string[]; readonly ids: readonly string[]; readonly by: string; readonly at: Date },
): Promise<void> => {
  const there = await listPhotoIds(tx, caseId, parts);
  const photos = tx.withTables<ElvTables>();
  const out = there.filter((id) => !ids.includes(id));
  if (out.length > 0)
    await photos
      .updateTable('elv.vehicle_photo')
      .set({ removed_at: at, removed_by: by })
      .where('id', 'in', out)
      .execute();
  const back = ids.filter((id) => !there.includes(id));
  if (back.length === 0) return;
  await photos
    .updateTable('elv.vehicle_photo')
    .set({ removed_at: null, removed_by: null })
    .where('case_id', '=', caseId)
    .where('id', 'in', back)
    .execute();
  // Reading passes over what is out of its place, and nobody may have it read again where a case is not filled in.
  await photos
    .updateTable('elv.vehicle_photo')
    .set({ ocr_status: 'failed', ocr_message: '放回时还没有识别完' })
    .where('case_id', '=', caseId)
    .where('id', 'in', back)
    .where('ocr_status', 'in', ['waiting', 'reading'])
    .execute();
};

/** Keeps how the reading of a photograph stands. */
export const noteReading = async (db: Db | Tx, id: string, status: string, message: string | null): Promise<void> => {
  await db
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_photo')
    .set({ ocr_status: status, ocr_message: message })
    .where('id', '=', id)
    .execute();
};

/** Keeps what was read. */
export const keepReading = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  status: string,
  message: string | null,
  reading: PaperReading,
): Promise<void> => {
  const sealed = await crypto.seal('reading', Buffer.from(JSON.stringify(reading)), readingPlace(id));
  await tx
    .withTables<ElvTables>()
    .updateTable('elv.vehicle_photo')
    .set({ ocr_status: status, ocr_message: message, ocr_fields: sealed })
    .where('id', '=', id)
    .execute();
};

/** A photograph in its place, as far as who and when goes. */
export type NewerPhoto = Pick<PhotoTable, 'operator_name' | 'device_time' | 'uploaded_at'>;

/** The photograph in a place of a case, where it was taken later than a moment; where the phone did not say, it was taken when it came. */
export const findNewer = async (tx: Tx, caseId: string, part: string, than: Date): Promise<NewerPhoto | undefined> => {
  const there = await tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_photo')
    .select(['operator_name', 'device_time', 'uploaded_at'])
    .where('case_id', '=', caseId)
    .where('part', '=', part)
    .where('removed_at', 'is', null)
    .execute();
  return there.find(({ device_time: taken, uploaded_at: uploaded }) => (taken ?? uploaded) > than);
};
