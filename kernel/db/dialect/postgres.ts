import { sql } from 'kysely';
import type { Db, Tx } from '../database.ts';

/**
 * Inserts a row unless one of its keys is there already; answers whether it was inserted. Column names are the program's own.
 * The only ON CONFLICT of the system.
 */
export const insertIfAbsent = async (
  db: Db | Tx,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  const values = sql.join(Object.values(row).map((value) => sql`${value}`));
  const result =
    await sql`insert into ${sql.table(table)} (${columns}) values (${values}) on conflict do nothing`.execute(db);
  return (result.numAffectedRows ?? 0n) > 0n;
};

/** The clause of a leasing select: rows another process has locked are passed over. The only SKIP LOCKED of the system. */
export const skipLocked = sql`for update skip locked`;
