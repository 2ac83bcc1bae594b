import type { ExpressionBuilder } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PictureSeen } from '../model/picture-seen.ts';
import type { EvidenceTable, EvidenceTables } from './evidence.tables.ts';

/** The tables of an area's photographs as evidence. */
export const tablesOf = (db: Db | Tx, schema: string) => db.withTables<EvidenceTables>().withSchema(schema);

/** A photograph as it is told when it arrives. */
export interface NotedPhoto {
  readonly id: string;
  readonly matterId: string;
  readonly part: string;
  readonly fileId: string;
  readonly sm3: string;
  readonly mediaType: string;
  readonly receivedAt: Date;
}

/** Notes a photograph to be looked at, in the transaction it arrives in. */
export const notePhoto = async (tx: Tx, schema: string, photo: NotedPhoto): Promise<void> => {
  const nothing = { width: null, height: null, taken_at: null, latitude: null, longitude: null, camera: null };
  const unseen = { software: null, band0: null, band1: null, band2: null, band3: null, fine: null, turned: null };
  await tablesOf(tx, schema)
    .insertInto('photo_evidence')
    .values({
      id: photo.id,
      matter_id: photo.matterId,
      part: photo.part,
      file_id: photo.fileId,
      sm3: photo.sm3,
      media_type: photo.mediaType,
      received_at: photo.receivedAt,
      stage: 'waiting',
      tries: 0,
      losses: 0,
      held_until: null,
      fault: false,
      ...nothing,
      ...unseen,
    })
    .execute();
};

const free = (now: Date) => (eb: ExpressionBuilder<EvidenceTables, 'photo_evidence'>) =>
  eb.or([eb('held_until', 'is', null), eb('held_until', '<', now)]);

/** Photographs at a stage that nobody has in hand, those first that were tried least. */
export const listAtStage = (
  db: Db,
  schema: string,
  stage: 'waiting' | 'seen',
  of: { readonly now: Date; readonly most: number },
): Promise<readonly EvidenceTable[]> =>
  tablesOf(db, schema)
    .selectFrom('photo_evidence')
    .selectAll()
    .where('stage', '=', stage)
    .where(free(of.now))
    .orderBy('tries')
    .orderBy('id')
    .limit(of.most)
    .execute();

/** Takes a photograph at a stage in hand until a moment; false where another process was faster. */
export const takePhoto = async (
  db: Db,
  schema: string,
  { id, stage }: Pick<EvidenceTable, 'id' | 'stage'>,
  until: { readonly now: Date; readonly held: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tablesOf(db, schema)
    .updateTable('photo_evidence')
    .set({ held_until: until.held })
    .where('id', '=', id)
    .where('stage', '=', stage)
    .where(free(until.now))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Keeps what a photograph shows of itself, unless another process has meanwhile. `seen` is null for a file that is no picture. */
export const keepSeen = async (db: Db, schema: string, id: string, seen: PictureSeen | null): Promise<void> => {
  const [band0, band1, band2, band3] = seen?.fingerprint?.bands ?? [null, null, null, null];
  await tablesOf(db, schema)
    .updateTable('photo_evidence')
    .set({
      stage: 'seen',
      held_until: null,
      fault: seen === null,
      width: seen?.width ?? null,
      height: seen?.height ?? null,
      taken_at: seen?.takenAt ?? null,
      latitude: seen?.place?.latitude.toFixed(6) ?? null,
      longitude: seen?.place?.longitude.toFixed(6) ?? null,
      camera: seen?.camera ?? null,
      software: seen?.software ?? null,
      ...{ band0, band1, band2, band3 },
      fine: seen?.fingerprint?.fine ?? null,
      turned: seen && seen.turned.length > 0 ? JSON.stringify(seen.turned) : null,
    })
    .where('id', '=', id)
    .where('stage', '=', 'waiting')
    .execute();
};

/** Notes that a photograph is about to be looked at, as if the looker had been lost over it already: a process that dies over it says nothing any more. */
export const noteLook = async (db: Db, schema: string, id: string): Promise<void> => {
  await tablesOf(db, schema)
    .updateTable('photo_evidence')
    .set((eb) => ({ tries: eb('tries', '+', 1), losses: eb('losses', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

/** Lets go of a photograph that could not be looked at now: others go first. */
export const noteTry = async (db: Db, schema: string, id: string): Promise<void> => {
  await tablesOf(db, schema)
    .updateTable('photo_evidence')
    .set((eb) => ({ tries: eb('tries', '+', 1), held_until: null }))
    .where('id', '=', id)
    .execute();
};

/** Notes that a photograph has been compared with all others. */
export const noteCompared = async (tx: Tx, schema: string, id: string): Promise<void> => {
  await tablesOf(tx, schema)
    .updateTable('photo_evidence')
    .set({ stage: 'done', turned: null })
    .where('id', '=', id)
    .execute();
};

/** What is known of a matter's photographs. */
export const listOfMatter = (db: Db, schema: string, matterId: string): Promise<readonly EvidenceTable[]> =>
  tablesOf(db, schema).selectFrom('photo_evidence').selectAll().where('matter_id', '=', matterId).execute();
