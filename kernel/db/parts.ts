import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** Some rows that are read in one statement with others, each as what `map` makes of it. */
export interface Part<T> {
  // biome-ignore lint/suspicious/noExplicitAny: the tables of the query are of no concern once it is built
  readonly query: SelectQueryBuilder<any, any, object>;
  /** Takes what the database's JSON tells of the rows. */
  readonly read: (rows: readonly Row[]) => readonly T[];
}

type Row = Record<string, unknown>;

/** What JSON has no form for, by column: every time must be named, and those big numbers that are texts with us. */
type Forms<Row> = {
  readonly [K in keyof Row as Row[K] extends Date | null ? K : never]: 'time';
} & { readonly [K in keyof Row as Row[K] extends string ? K : never]?: 'bigint' };

const formed = (row: Row, forms: readonly (readonly [string, unknown])[]): Row => {
  for (const [column, form] of forms) {
    const value = row[column];
    if (value !== null) row[column] = form === 'time' ? new Date(value as string) : String(value);
  }
  return row;
};

/** A part of a query and of what its rows are turned into. */
export const partOf = <DB, TB extends keyof DB, R extends object, T>(
  query: SelectQueryBuilder<DB, TB, R>,
  forms: Forms<R>,
  map: (row: R) => T,
): Part<T> => {
  const named = Object.entries(forms);
  // The database names the columns the query selects, and `formed` gives those back their form that JSON has none for.
  return { query, read: (rows) => rows.map((row) => map(formed(row, named) as R)) };
};

type Parts = Readonly<Record<string, Part<unknown>>>;

/** The rows of several parts by name. */
export type RowsOf<P extends Parts> = { readonly [K in keyof P]: P[K] extends Part<infer T> ? readonly T[] : never };

/** What the database told of several parts, not taken apart yet: the same text is the same rows. */
export interface Told<P extends Parts> {
  readonly text: string;
  rows(): RowsOf<P>;
}

/**
 * Reads several lists of rows in one statement, so as of one moment: a statement costs more than most of the rows it answers. For few rows:
 * the database writes all of them as one JSON text.
 */
export const tellParts = async <P extends Parts>(db: Db | Tx, parts: P): Promise<Told<P>> => {
  const lists = Object.values(parts).map(({ query }) => sql`(select coalesce(json_agg(r), '[]') from (${query}) r)`);
  const { rows } = await sql<{ told: string }>`select json_build_array(${sql.join(lists)})::text as told`.execute(db);
  const text = rows[0]?.told ?? '[]';
  return {
    text,
    rows: () => {
      // One list for each part, in their order.
      const told = JSON.parse(text) as Row[][];
      return Object.fromEntries(
        Object.entries(parts).map(([name, part], place) => [name, part.read(told[place] ?? [])]),
      ) as RowsOf<P>;
    },
  };
};

/** The same, taken apart. */
export const readParts = async <P extends Parts>(db: Db | Tx, parts: P): Promise<RowsOf<P>> =>
  (await tellParts(db, parts)).rows();

/** Reads one part alone. */
export const readPart = async <T>(db: Db | Tx, part: Part<T>): Promise<readonly T[]> =>
  (await readParts(db, { part })).part;
