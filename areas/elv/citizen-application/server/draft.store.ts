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

/** Drafts whose time has passed, oldest first. */
export const listLapsed = async (db: Db, now: Date, most: number): Promise<readonly string[]> => {
  const rows = await table(db)
    .select('id')
    .where('state', '=', citizenApplication.initial)
    .where('deadline_at', '<', now)
    .orderBy('deadline_at')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
};

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

/** Takes a draft away with its photographs, those that were taken out too; answers their files. */
export const dropDraft = async (tx: Tx, id: string): Promise<readonly string[]> => {
  const tables = tx.withTables<CitizenTables>();
  const photos = await tables
    .deleteFrom('elv.citizen_photo')
    .where('application_id', '=', id)
    .returning('file_id')
    .execute();
  await tables.deleteFrom('elv.citizen_application').where('id', '=', id).execute();
  return photos.map(({ file_id: file }) => file);
};
