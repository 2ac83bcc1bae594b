import type { Db, Tx } from '#kernel/db/database.ts';
import { skipLocked } from '#kernel/db/dialect/postgres.ts';
import type { NewsTable, NoticeTables } from './notice.tables.ts';

/** Leaves something to be told once the transaction has ended. */
export const leaveNews = async (tx: Tx, row: NewsTable): Promise<void> => {
  await tx.withTables<NoticeTables>().insertInto('notice.news').values(row).execute();
};

/** Whatever was left behind a certain one, the oldest first. */
export const newsAfter = async (db: Db, id: string, most: number): Promise<readonly string[]> => {
  const rows = await db
    .withTables<NoticeTables>()
    .selectFrom('notice.news')
    .select('id')
    .where('id', '>', id)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
};

/** Takes one out to be told; undefined where another process has it. */
export const takeNews = async (tx: Tx, id: string): Promise<NewsTable | undefined> => {
  const tables = tx.withTables<NoticeTables>();
  const row = await tables
    .selectFrom('notice.news')
    .selectAll()
    .where('id', '=', id)
    .modifyEnd(skipLocked)
    .executeTakeFirst();
  if (row) await tables.deleteFrom('notice.news').where('id', '=', id).execute();
  return row;
};
