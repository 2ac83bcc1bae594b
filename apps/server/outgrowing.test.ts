import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { migrations } from './plans.ts';

// The plan for outgrowing one server (docs/outgrowing.md) beside the database as the migrations make it.

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(migrations);
}, 60_000);
afterAll(() => database.close());

const plan = readFileSync(join(import.meta.dirname, '../../docs/outgrowing.md'), 'utf8');

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(';')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .sort();

/** What the plan splits: the column, and the keys it says stand in the way. */
const split = new Map(
  [...plan.matchAll(/^\| (\w+\.\w+) \| (\w+) \| (.*?) ?\|$/gm)].map(
    ([, table = '', column = '', across]) => [table, { column, across: listed(across) }] as const,
  ),
);

/** What the plan leaves whole. */
const whole = [...plan.matchAll(/^(elv|elv_qualification|governance|kernel|notice): (.+)$/gm)].flatMap(
  ([, schema, names = '']) => names.split(', ').map((name) => `${schema}.${name}`),
);

const ownTables = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select table_schema || '.' || table_name as name
    from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`.execute(database.db);
  return rows.map(({ name }) => name).sort();
};

test('T2.11, T3.3: every table stands in the plan for outgrowing one server, once', async () => {
  expect([...split.keys(), ...whole].sort()).toEqual(await ownTables());
});

test('T2.11, T3.3: each key that splitting a table leaves to the application is named', async () => {
  const { rows } = await sql<{ name: string; key: string }>`
    select n.nspname || '.' || t.relname as name,
      (select string_agg(a.attname, ', ' order by k.place)
        from unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) as key
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
    where i.indisunique and n.nspname not in ('pg_catalog', 'pg_toast')`.execute(database.db);
  const inTheWay = new Map<string, string[]>([...split.keys()].map((table) => [table, []]));
  for (const { name, key } of rows) {
    const of = split.get(name);
    if (of && !key.split(', ').includes(of.column)) inTheWay.get(name)?.push(key);
  }
  expect(Object.fromEntries([...inTheWay].map(([table, keys]) => [table, keys.sort()]))).toEqual(
    Object.fromEntries([...split].map(([table, { across }]) => [table, across])),
  );
});
