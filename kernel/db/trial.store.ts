import type { Db } from './database.ts';

type Tables = {
  'kernel.trial': { id: string; since: Date };
  'information_schema.tables': { table_schema: string; table_name: string };
};

/** What a database is, looked at without changing anything in it: it may be of another release, or somebody else's. */
export const trialStanding = async (ownerDb: Db): Promise<'empty' | 'trial' | 'other'> => {
  const tables = await ownerDb
    .withTables<Tables>()
    .selectFrom('information_schema.tables')
    .select('table_name')
    .where('table_schema', '=', 'kernel')
    // Made before the first table, and all there is of a start that came no further.
    .where('table_name', '<>', 'migration')
    .execute();
  if (tables.length === 0) return 'empty';
  return tables.some(({ table_name: name }) => name === 'trial') && (await isTrial(ownerDb)) ? 'trial' : 'other';
};

/** Marks a database as made for a trial. Only its owner can, and only when it is made: a database people have worked in is never one. */
export const markTrial = async (ownerDb: Db, at: Date): Promise<void> => {
  await ownerDb.withTables<Tables>().insertInto('kernel.trial').values({ id: 'trial', since: at }).execute();
};

/** Whether the database was made for a trial. */
export const isTrial = async (db: Db): Promise<boolean> =>
  (await db.withTables<Tables>().selectFrom('kernel.trial').select('id').executeTakeFirst()) !== undefined;
