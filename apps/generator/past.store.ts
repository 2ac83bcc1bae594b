import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import { addToCounts, databaseSize, type TableSize } from '#kernel/db/dialect/postgres.ts';
import type { PastRows, WholeRows } from './past-rows.ts';

/** Adds many rows in one statement: one text of all of them costs the database less than values one by one. */
const addRows = async (tx: Tx, table: string, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  const name = sql.table(table);
  await sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${JSON.stringify(rows)}::json)`.execute(
    tx,
  );
};

/** The tables of {@link WholeRows}, which say nothing of cases made without them. */
export const wholeTables = {
  files: 'kernel.file',
  photos: 'elv.vehicle_photo',
  checks: 'elv.vehicle_check',
  messages: 'kernel.outbox',
  entries: 'kernel.audit_entry',
  heads: 'kernel.audit_head',
} as const;

/** Adds cases with their steps and claims, and what else they left. */
export const addPast = async (tx: Tx, { cases, steps, claims, whole }: PastRows): Promise<void> => {
  await addRows(tx, 'elv.vehicle_case', cases);
  await addRows(tx, 'kernel.step', steps);
  await addRows(tx, 'elv.vehicle_claim', claims);
  // Every key of the tables is visited.
  for (const [kind, table] of Object.entries(wholeTables) as [keyof WholeRows, string][])
    await addRows(
      tx,
      table,
      whole.flatMap((rows): readonly object[] => rows[kind]),
    );
};

type Tables = {
  'elv.case_counter': { day: string; last: number };
  'elv.vehicle_case': { open_key: string };
};

/** The last case numbers given so far, by day. */
export const lastNumbers = async (db: Db): Promise<Map<string, number>> => {
  const rows = await db.withTables<Tables>().selectFrom('elv.case_counter').selectAll().execute();
  return new Map(rows.map(({ day, last }) => [day, last]));
};

/** Notes how many case numbers of each day were given, so that those who open cases go on behind them. */
export const keepNumbers = (tx: Tx, given: ReadonlyMap<string, number>): Promise<void> =>
  addToCounts(
    tx,
    'elv.case_counter',
    { key: ['day'], counts: ['last'] },
    [...given].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, last]) => ({ day, last })),
  );

/** Whether a case was opened under that key. */
export const wasOpened = async (db: Db, key: string): Promise<boolean> =>
  (await db
    .withTables<Tables>()
    .selectFrom('elv.vehicle_case')
    .select('open_key')
    .where('open_key', '=', key)
    .executeTakeFirst()) !== undefined;

/** Tells the planner what the tables hold now, and how large the largest are; needs their owner. */
export const settleTables = async (ownerDb: Db): Promise<readonly TableSize[]> => {
  const filled = [
    'elv.vehicle_case',
    'elv.vehicle_claim',
    'elv.case_tally',
    'kernel.step',
    ...Object.values(wholeTables),
  ];
  for (const table of filled) await sql`vacuum (analyze) ${sql.table(table)}`.execute(ownerDb);
  return (await databaseSize(ownerDb, filled.length)).largest;
};
