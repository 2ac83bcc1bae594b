import { sql } from 'kysely';
import type { Tx } from '#kernel/db/database.ts';
import { BackupRefused } from './backup-failure.ts';

/** A table with its columns in their order. `name` includes the schema. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Our own names, which need no quoting. */
const plainName = /^[a-z_0-9]+\.[a-z_0-9]+$/;

/** What else than tables stands in the schemas: the portable subset knows none of it, so nobody would restore it. */
const refuseOthers = async (tx: Tx, schemas: readonly string[]): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (${sql.join(schemas)}) and c.relkind not in ('r', 'i', 't')
    order by 1`.execute(tx);
  if (rows.length > 0)
    throw new BackupRefused(
      `数据库中有备份不认识的对象：${rows.map(({ name }) => name).join('、')}。本系统只用普通表（kernel/db/sql-subset.md），请先移走后来加入的序列、视图等`,
    );
};

const columnsOf = async (tx: Tx, schemas: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await sql<{ name: string; column: string }>`
    select n.nspname || '.' || c.relname as name, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in (${sql.join(schemas)}) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    order by n.nspname, c.relname, a.attnum`.execute(tx);
  const odd = rows.find(({ name }) => !plainName.test(name));
  if (odd) throw new BackupRefused(`数据表 ${odd.name} 的名称不是本系统的，请先移走后再备份`);
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, own]) => [name, own.map(({ column }) => column)]),
  );
};

const referencesOf = async (tx: Tx): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await sql<{ name: string; refers: string }>`
    select n.nspname || '.' || c.relname as name, m.nspname || '.' || d.relname as refers
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, own]) => [name, own.map(({ refers }) => refers)]),
  );
};

/**
 * Every table of the schemas, those that are referred to before those that refer to them. Errors: throws BackupRefused where there is anything else than
 * tables, or where tables refer to each other in a circle.
 */
export const listTables = async (tx: Tx, schemas: readonly string[]): Promise<readonly TableShape[]> => {
  await refuseOthers(tx, schemas);
  const columns = await columnsOf(tx, schemas);
  const references = await referencesOf(tx);
  const left = new Set(columns.keys());
  const ordered: TableShape[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => !(references.get(name) ?? []).some((other) => left.has(other)));
    if (free.length === 0) throw new BackupRefused(`数据表互相引用，排不出恢复的次序：${[...left].join('、')}`);
    for (const name of free) {
      left.delete(name);
      ordered.push({ name, columns: columns.get(name) ?? [] });
    }
  }
  return ordered;
};

/** How many tables a database holds beside the server's own. */
export const countAllTables = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
};

/** Empties tables a migration has put rows into. */
export const emptyTables = async (tx: Tx, tables: readonly string[]): Promise<void> => {
  await sql`truncate ${sql.join(tables.map((name) => sql.table(name)))}`.execute(tx);
};

/** Counts tables that were just filled, so that what is asked of them next finds its index. */
export const analyseTables = async (tx: Tx, tables: readonly string[]): Promise<void> => {
  await sql`analyze ${sql.join(tables.map((name) => sql.table(name)))}`.execute(tx);
};

/** The database's own time. */
export const databaseTime = async (tx: Tx): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx);
  const [first] = rows;
  if (!first) throw new Error('the database told no time');
  return first.now;
};

const listed = ({ columns }: TableShape): string => columns.map((column) => `"${column}"`).join(', ');

/** Copies a table out. */
export const copyOutText = (table: TableShape): string => `copy ${table.name} (${listed(table)}) to stdout`;

/** Copies a table in. */
export const copyInText = (table: TableShape): string => `copy ${table.name} (${listed(table)}) from stdin`;
