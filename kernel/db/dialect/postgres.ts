import { sql } from 'kysely';
import type { Db, Tx } from '../database.ts';

/**
 * Inserts a row unless one of its keys is there already; answers whether it was inserted. Column names are the program's own.
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

/** Waits until nobody else who goes by that name is in a transaction, and keeps the name to the end of this one. What is looked at afterwards has been decided by those who came before. */
export const oneByOne = async (tx: Tx, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
};

const rowsAtOnce = 200;

/** The same for several rows of the same columns: those whose keys are there already are left as they are. */
export const insertRowsIfAbsent = async (
  tx: Tx,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const names = Object.keys(rows[0] ?? {});
  const columns = sql.join(names.map((name) => sql.ref(name)));
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const values = rows
      .slice(from, from + rowsAtOnce)
      .map((row) => sql`(${sql.join(names.map((name) => sql`${row[name]}`))})`);
    await sql`insert into ${sql.table(table)} (${columns}) values ${sql.join(values)} on conflict do nothing`.execute(
      tx,
    );
  }
};

/** Told as one text, so many rows cost the database less than two hundred told value by value. */
const countsAtOnce = 5_000;

/**
 * Adds numbers to the counting columns of rows that are found by their key, and makes the rows that are missing. All rows have the same columns.
 * They are touched in the order given: whoever adds to the same rows must bring them in the same order, or two wait for each other.
 */
export const addToCounts = async (
  tx: Tx,
  table: string,
  columns: { readonly key: readonly string[]; readonly counts: readonly string[] },
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const names = [...columns.key, ...columns.counts];
  const sums = columns.counts.map(
    (name) => sql`${sql.ref(name)} = ${sql.ref(`kept.${name}`)} + ${sql.ref(`excluded.${name}`)}`,
  );
  const [into, listed] = [sql.table(table), sql.join(names.map((name) => sql.ref(name)))];
  for (let from = 0; from < rows.length; from += countsAtOnce) {
    const some = JSON.stringify(rows.slice(from, from + countsAtOnce));
    await sql`insert into ${into} as kept (${listed}) select ${listed} from json_populate_recordset(null::${into}, ${some}::json)
      on conflict (${sql.join(columns.key.map((name) => sql.ref(name)))}) do update set ${sql.join(sums)}`.execute(tx);
  }
};

/**
 * Counts one more in the column `count` of the row with that key, making the row where it is missing; answers the how-manieth it is. Whoever counts
 * there as well waits for the end of this transaction.
 */
export const countOneMore = async (tx: Tx, table: string, key: Readonly<Record<string, unknown>>): Promise<number> => {
  const columns = sql.join(Object.keys(key).map((name) => sql.ref(name)));
  const values = sql.join(Object.values(key).map((value) => sql`${value}`));
  const { rows } = await sql<{
    count: number;
  }>`insert into ${sql.table(table)} as kept (${columns}, count) values (${values}, 1)
    on conflict (${columns}) do update set count = kept.count + 1 returning count`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`nothing was counted in ${table}`);
  return row.count;
};

/** The clause of a leasing select: rows another process has locked are passed over. The only SKIP LOCKED of the system. */
export const skipLocked = sql`for update skip locked`;

/** How large a table is with its indexes. `rows` is the database's own estimate. */
export interface TableSize {
  readonly table: string;
  readonly bytes: number;
  readonly rows: number;
}

/** How large the database is, and its largest tables, largest first. */
export const databaseSize = async (
  db: Db,
  most: number,
): Promise<{ readonly bytes: number; readonly largest: readonly TableSize[] }> => {
  const { rows: whole } = await sql<{ bytes: string }>`select pg_database_size(current_database()) as bytes`.execute(
    db,
  );
  const { rows } = await sql<{ table: string; bytes: string; rows: string }>`
    select n.nspname || '.' || c.relname as "table", pg_total_relation_size(c.oid) as bytes, greatest(c.reltuples, 0)::bigint as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
    order by 2 desc limit ${most}`.execute(db);
  return {
    bytes: Number(whole[0]?.bytes ?? 0),
    largest: rows.map(({ table, bytes, rows: count }) => ({ table, bytes: Number(bytes), rows: Number(count) })),
  };
};
