import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { openDatabase } from './database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await aDatabase([]);
});
afterAll(() => database.close());

test('a statement is parsed once by a connection, whatever its values; one without values is not kept', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  const doubled = async (n: number): Promise<number | undefined> =>
    (await sql<{ twice: number }>`select 2 * ${n}::int as twice`.execute(db)).rows[0]?.twice;
  expect([await doubled(1), await doubled(2), await doubled(21)]).toEqual([2, 4, 42]);
  const kept = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  expect(kept.rows).toEqual([{ statement: 'select 2 * $1::int as twice' }]);
  await close();
});

test('of ever new statements a connection keeps no more than so many, and answers all', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  for (let n = 1; n <= 320; n += 1) {
    const { rows } = await sql<{ n: number }>`select ${0}::int + ${sql.raw(String(n))} as n`.execute(db);
    expect(rows).toEqual([{ n }]);
  }
  const kept = await sql<{ count: number }>`select count(*)::int as count from pg_prepared_statements`.execute(db);
  expect(kept.rows).toEqual([{ count: 300 }]);
  await close();
});
