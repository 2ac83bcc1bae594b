import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { paceOver } from './pace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

test('T2.7: two processes count a caller together; each minute and each caller begins anew, and what is over is erased', async () => {
  const [one, other] = [paceOver(database.db), paceOver(database.db)];
  const at = (second: number): Date => new Date(Date.UTC(2026, 10, 30, 8, 0, second));
  const asked = async (key: string, second: number): Promise<boolean> =>
    (second % 2 === 0 ? one : other).tooMany(key, 3, at(second));
  expect([await asked('a', 0), await asked('a', 1), await asked('a', 2)]).toEqual([false, false, false]);
  expect([await asked('a', 3), await asked('b', 4)]).toEqual([true, false]);
  expect([await asked('a', 60), await asked('a', 61)]).toEqual([false, false]);
  await asked('a', 240);
  const { rows } = await sql<{ key: string }>`select key from kernel.pace`.execute(database.db);
  expect(rows).toEqual([{ key: 'a' }]);
});

test('T2.7: at the same moment too', async () => {
  const paces = [paceOver(database.db), paceOver(database.db)];
  const now = new Date('2026-11-30T09:00:00Z');
  const told = await Promise.all(Array.from({ length: 20 }, (_, turn) => paces[turn % 2]?.tooMany('c', 5, now)));
  expect(told.filter((over) => over === false)).toHaveLength(5);
});
