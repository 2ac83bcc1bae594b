import type { Db, Tx } from '#kernel/db/database.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import type { CitizenTables } from './citizen-application.tables.ts';

const table = (db: Db | Tx) => db.withTables<CitizenTables>().selectFrom('elv.citizen_application');

/** How many of a citizen's applications are not handed in. */
export const countDrafts = async (db: Db | Tx, citizenId: string): Promise<number> => {
  const { count } = await table(db)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('citizen_id', '=', citizenId)
    .where('state', '=', citizenApplication.initial)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** How many a citizen has opened since a moment, whatever became of them. */
export const countOpenedSince = async (db: Db | Tx, citizenId: string, since: Date): Promise<number> => {
  const { count } = await table(db)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('citizen_id', '=', citizenId)
    .where('opened_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Drafts whose time has passed, in the order of their ids from behind one on. */
export const listLapsed = async (db: Db, now: Date, after: string, most: number): Promise<readonly string[]> => {
  const rows = await table(db)
    .select('id')
    .where('state', '=', citizenApplication.initial)
    .where('deadline_at', '<', now)
    .where('id', '>', after)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
};

/** Where an application rests that may never be gone on with. */
const restingStates = ['recalled', 'declined', 'expired'] as const;

const resting = (db: Db | Tx, before: Date, now: Date) =>
  table(db)
    .where('state', 'in', [...restingStates])
    .where('state_since', '<', before)
    // Whoever fills one in further has the time of a draft again.
    .where((eb) => eb.or([eb('deadline_at', 'is', null), eb('deadline_at', '<', now)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('elv.citizen_photo as p')
          .select('p.id')
          .whereRef('p.application_id', '=', 'elv.citizen_application.id'),
      ),
    )
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('elv.citizen_photo as p')
            .select('p.id')
            .whereRef('p.application_id', '=', 'elv.citizen_application.id')
            .where('p.uploaded_at', '>=', before),
        ),
      ),
    );

/** Applications taken back, or not taken by an enterprise and not gone on with since a moment, that still have photographs; as {@link listLapsed}. */
export const listResting = async (
  db: Db,
  before: Date,
  now: Date,
  after: string,
  most: number,
): Promise<readonly string[]> => {
  const rows = await resting(db, before, now).select('id').where('id', '>', after).orderBy('id').limit(most).execute();
  return rows.map(({ id }) => id);
};

/** One of them under lock; undefined where it was gone on with meanwhile. */
export const lockResting = (
  tx: Tx,
  id: string,
  before: Date,
  now: Date,
): Promise<{ readonly application_no: string } | undefined> =>
  resting(tx, before, now).select('application_no').where('id', '=', id).forUpdate().executeTakeFirst();

/** Gives a time to drafts that have none: those begun before drafts were erased. */
export const giveTime = async (db: Db, until: Date): Promise<void> => {
  await db
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_application')
    .set({ deadline_at: until })
    .where('state', '=', citizenApplication.initial)
    .where('deadline_at', 'is', null)
    .execute();
};

/** A draft whose time has passed, under lock; undefined where it was filled in further, handed in or taken back meanwhile. */
export const lockLapsed = (
  tx: Tx,
  id: string,
  now: Date,
): Promise<{ readonly application_no: string; readonly citizen_id: string } | undefined> =>
  table(tx)
    .select(['application_no', 'citizen_id'])
    .where('id', '=', id)
    .where('state', '=', citizenApplication.initial)
    .where('deadline_at', '<', now)
    .forUpdate()
    .executeTakeFirst();

/** Takes the photographs of an application away, those that were taken out too; answers their files. */
export const dropPhotos = async (tx: Tx, id: string): Promise<readonly string[]> => {
  const photos = await tx
    .withTables<CitizenTables>()
    .deleteFrom('elv.citizen_photo')
    .where('application_id', '=', id)
    .returning('file_id')
    .execute();
  return photos.map(({ file_id: file }) => file);
};

/** Takes a draft away, its photographs first; answers their files. */
export const dropDraft = async (tx: Tx, id: string): Promise<readonly string[]> => {
  const files = await dropPhotos(tx, id);
  await tx.withTables<CitizenTables>().deleteFrom('elv.citizen_application').where('id', '=', id).execute();
  return files;
};
