import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { type AccessRow, isEveryRow, isNoRow, type Predicate, passes } from './predicate.ts';
import { whereRows } from './where-rows.store.ts';

const values = ['a', 'b', "c' or 1=1 --", '中文'];
const cells = [...values, null];
/** Every combination of two cells: small enough to judge whole, wide enough to hold every case. */
const rows: readonly AccessRow[] = cells.flatMap((first, i) =>
  cells.map((second, j): AccessRow => ({ id: `${i}-${j}`, first, second })),
);

type Tables = { 'public.shelf': { id: string; first_value: string | null; second_value: string | null } };
const columns = { id: 'id', first: 'first_value', second: 'second_value' };

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  const { ownerDb } = database;
  await sql`create table public.shelf (id varchar(10) primary key, first_value text, second_value text)`.execute(
    ownerDb,
  );
  await sql`grant select on public.shelf to public`.execute(ownerDb);
  await ownerDb
    .withTables<Tables>()
    .insertInto('public.shelf')
    .values(
      rows.map(({ id, first, second }) => ({ id: id ?? '', first_value: first ?? null, second_value: second ?? null })),
    )
    .execute();
});
afterAll(() => database.close());

const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      field: fc.constantFrom('id', 'first', 'second', 'nowhere', 'toString'),
      in: fc.subarray([...values, '0-1']),
    }),
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

test('R44: what the database lets pass is what one row by itself lets pass', async () => {
  await fc.assert(
    fc.asyncProperty(predicate, async (condition) => {
      const found = await database.db
        .withTables<Tables>()
        .selectFrom('public.shelf')
        .select('id')
        .where((eb) => whereRows(eb, condition, columns))
        .orderBy('id')
        .execute();
      expect(found.map(({ id }) => id)).toEqual(rows.filter((row) => passes(condition, row)).map(({ id }) => id));
    }),
    { numRuns: 300 },
  );
});

test('R44: a predicate that looks like every row or no row is one', () => {
  fc.assert(
    fc.property(predicate, fc.constantFrom(...rows), (condition, row) => {
      if (isEveryRow(condition)) expect(passes(condition, row)).toBe(true);
      if (isNoRow(condition)) expect(passes(condition, row)).toBe(false);
    }),
  );
});
