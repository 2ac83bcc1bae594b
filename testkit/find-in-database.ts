import { sql } from 'kysely';
import type { Db } from '#kernel/db/database.ts';

interface Table {
  readonly schema: string;
  readonly name: string;
}

/** Every table of the system's own schemas. */
const tablesOf = async (ownerDb: Db): Promise<readonly Table[]> => {
  const found = await sql<Table>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(ownerDb);
  return found.rows;
};

/** How a text may lie in a column: as it is, or as the bytes of a binary or encoded one. */
const shapesOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value, 'utf8');
  return [value, bytes.toString('hex'), bytes.toString('base64'), JSON.stringify(value).slice(1, -1)];
};

/** A database written out: every row of every table as one text. */
export interface WrittenOut {
  readonly rows: number;
  /** The tables in which a value occurs, in any shape. */
  find(value: string): readonly string[];
}

/** Writes out every column of every table, whatever its type. */
export const writtenOut = async (ownerDb: Db): Promise<WrittenOut> => {
  const texts: { readonly table: string; readonly text: string }[] = [];
  for (const { schema, name } of await tablesOf(ownerDb)) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.id(schema, name)} t`.execute(
      ownerDb,
    );
    for (const { text } of rows) texts.push({ table: `${schema}.${name}`, text });
  }
  return {
    rows: texts.length,
    find: (value) => {
      const shapes = shapesOf(value);
      const hits = texts.filter(({ text }) => shapes.some((shape) => text.includes(shape)));
      return [...new Set(hits.map(({ table }) => table))];
    },
  };
};
