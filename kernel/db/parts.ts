import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** Some rows that are read in one statement with others, each as what `map` makes of it. */
export interface Part<T> {
  // biome-ignore lint/suspicious/noExplicitAny: the tables of the query are of no concern once it is built
  readonly query: SelectQueryBuilder<any, any, object>;
  /** Takes what the database's JSON tells of the rows. */
  readonly read: (rows: readonly Told[]) => readonly T[];
}

type Told = Record<string, unknown>;

/** What JSON has no form for, by column: every time must be named, and those big numbers that are texts with us. */
type Forms<Row> = {
  readonly [K in keyof Row as Row[K] extends Date | null ? K : never]: 'time';
} & { readonly [K in keyof Row as Row[K] extends string ? K : never]?: 'bigint' };

const formed = (row: Told, forms: readonly (readonly [string, unknown])[]): Told => {
  for (const [column, form] of forms) {
    const value = row[column];
    if (value !== null) row[column] = form === 'time' ? new Date(value as string) : String(value);
  }
  return row;
};

/** A part of a query and of what its rows are turned into. */
export const partOf = <DB, TB extends keyof DB, Row extends object, T>(
  query: SelectQueryBuilder<DB, TB, Row>,
  forms: Forms<Row>,
  map: (row: Row) => T,
): Part<T> => {
  const named = Object.entries(forms);
  // The database names the columns the query selects, and `formed` gives those back their form that JSON has none for.
  return { query, read: (rows) => rows.map((row) => map(formed(row, named) as Row)) };
};

type Parts = Readonly<Record<string, Part<unknown>>>;

/**
 * Reads several lists of rows in one statement, so as of one moment: a statement costs more than most of the rows it answers. For few rows:
 * each list is built by the database as JSON.
 */
export const readParts = async <P extends Parts>(
  db: Db | Tx,
  parts: P,
): Promise<{ readonly [K in keyof P]: P[K] extends Part<infer T> ? readonly T[] : never }> => {
  const names = Object.keys(parts);
  const lists = names.map(
    (name) => sql`(select coalesce(json_agg(r), '[]') from (${parts[name]?.query}) r) as ${sql.id(name)}`,
  );
  const { rows } = await sql<Record<string, Told[]>>`select ${sql.join(lists)}`.execute(db);
  const told = rows[0] ?? {};
  return Object.fromEntries(names.map((name) => [name, parts[name]?.read(told[name] ?? [])])) as Awaited<
    ReturnType<typeof readParts<P>>
  >;
};

/** Reads one part alone. */
export const readPart = async <T>(db: Db | Tx, part: Part<T>): Promise<readonly T[]> =>
  (await readParts(db, { part })).part;
