import type { Db } from './database.ts';

type Tables = { 'kernel.trial': { id: string; since: Date } };

/** Marks a database as made for a trial. Only its owner can, and only when it is made: a database people have worked in is never one. */
export const markTrial = async (ownerDb: Db, at: Date): Promise<void> => {
  await ownerDb.withTables<Tables>().insertInto('kernel.trial').values({ id: 'trial', since: at }).execute();
};

/** Whether the database was made for a trial. */
export const isTrial = async (db: Db): Promise<boolean> =>
  (await db.withTables<Tables>().selectFrom('kernel.trial').select('id').executeTakeFirst()) !== undefined;
