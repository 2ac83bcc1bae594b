import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { inTransaction, openDatabase } from './database.ts';
import { grantServing, holdSchema, migrateBesideOthers, TablesInUse } from './migrate.ts';

// Real: PostgreSQL, and somebody who reads a table for as long as it takes.

const now = new Date('2026-11-23T02:00:00Z');
const before = {
  id: 'kernel/9001-book',
  sql: 'create table book (id integer primary key); insert into book values (1)',
};
const column = { id: 'kernel/9002-title', sql: 'alter table book add column title text' };

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase([before]);
  await sql`grant select on book to public`.execute(database.ownerDb);
});
afterAll(() => database.close());

/** Holds the table as a backup or an export does. */
const reading = async (): Promise<() => Promise<void>> => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let begun = false;
  const backup = inTransaction(
    database.db,
    async (tx) => {
      await sql`select * from book`.execute(tx);
      begun = true;
      await held;
    },
    'one-moment',
  );
  await waitUntil(() => begun);
  return async () => {
    letGo();
    await backup;
  };
};

test('T2.2, ADR 0056: a migration that meets a backup gives way: nobody waits behind it, nothing is changed, and it says what to do', async () => {
  const end = await reading();
  const migration = migrateBesideOthers(database.ownerUrl, [before, column], now, {
    lockWaitMs: 300,
    pauseMs: 100,
    mostMs: 1_500,
    tellEveryMs: 60_000,
    onWaiting: () => undefined,
  });
  const failed = migration.then(
    () => undefined,
    (error: unknown) => error,
  );
  const others = openDatabase({ url: database.url, poolSize: 1, lockWaitMs: 1_000 });
  for (let n = 0; n < 10; n += 1) {
    await sleep(60);
    expect((await sql`select id from book`.execute(others.db)).rows).toEqual([{ id: 1 }]);
  }
  const error = await failed;
  expect(error).toBeInstanceOf(TablesInUse);
  expect(String(error)).toContain('请等备份或导出结束');
  expect((await sql`select * from book`.execute(others.db)).rows).toEqual([{ id: 1 }]);
  await others.close();
  await end();
});

test('T2.2, ADR 0056: once the backup has ended, the next attempt gets through', async () => {
  const end = await reading();
  const giving = { lockWaitMs: 50, pauseMs: 50, mostMs: 20_000, tellEveryMs: 60_000, onWaiting: () => undefined };
  const migration = migrateBesideOthers(database.ownerUrl, [before, column], now, giving);
  await sleep(300);
  await end();
  expect(await migration).toEqual([column.id]);
  expect((await sql`select * from book`.execute(database.db)).rows).toEqual([{ id: 1, title: null }]);
  expect(await migrateBesideOthers(database.ownerUrl, [before, column], now, giving)).toEqual([]);
});

test('T2.2, ADR 0056: that it cannot be found out what is waited for ends no start: the operator is told so, and it waits on', async () => {
  await sql`create table public.pg_locks (nothing integer)`.execute(database.ownerDb);
  const url = new URL(database.ownerUrl);
  url.searchParams.set('options', '-c search_path=public,pg_catalog');
  const told: string[] = [];
  const giving = { lockWaitMs: 50, pauseMs: 20, mostMs: 60_000, tellEveryMs: 60_000 };
  const onWaiting = (words: string): void => void told.push(words);
  const pages = { id: 'kernel/9003-pages', sql: 'alter table book add column pages integer' };
  const end = await reading();
  const migration = migrateBesideOthers(url.href, [before, column, pages], now, { ...giving, onWaiting });
  const waited = await Promise.race([migration.catch(String), waitUntil(() => told.length > 0)]);
  await end();
  expect(waited).toBeUndefined();
  expect(told).toEqual([expect.stringMatching(/^数据库结构升级正在等待：.*没有查出/)]);
  expect(await migration).toEqual([pages.id]);
  await sql`drop table public.pg_locks`.execute(database.ownerDb);
});

/** Attempts until as many have been made in vain; what the operator was told meanwhile. */
const toldWhile = async (
  held: () => Promise<() => Promise<void>>,
  tellEveryMs: number,
  enough: (told: readonly string[]) => boolean,
): Promise<readonly string[]> => {
  const told: string[] = [];
  const end = await held();
  const giving = { lockWaitMs: 50, pauseMs: 20, mostMs: 60_000, tellEveryMs };
  const onWaiting = (words: string): void => void told.push(words);
  const more = { id: `kernel/9003-${tellEveryMs}`, sql: 'alter table book add column if not exists author text' };
  const migration = migrateBesideOthers(database.ownerUrl, [before, column, more], now, { ...giving, onWaiting });
  await waitUntil(() => enough(told));
  await sleep(400);
  await end();
  await migration;
  return told;
};

test('T2.2, ADR 0056: while it waits for a backup the operator is told after the first attempt, and again after each minute', async () => {
  const once = await toldWhile(reading, 60_000, (told) => told.length > 0);
  expect(once).toEqual([expect.stringMatching(/^数据库结构升级正在等待：.*备份.*导出/)]);
  const again = await toldWhile(reading, 0, (told) => told.length > 2);
  expect(new Set(again.map((words) => words.replace(/已等 \d+ 秒/, '')))).toHaveProperty('size', 1);
});

test('T2.2, ADR 0056: while another process upgrades, that is what is said', async () => {
  const upgrading = async (): Promise<() => Promise<void>> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const other = inTransaction(database.ownerDb, async (tx) => {
      await holdSchema(tx);
      held.resolve();
      await promise;
    });
    await held.promise;
    return async () => {
      resolve();
      await other;
    };
  };
  expect(await toldWhile(upgrading, 60_000, (told) => told.length > 0)).toEqual([
    expect.stringMatching(/^数据库结构升级正在等待：另一个进程/),
  ]);
});

test('T2.2: processes that start at once give the serving user its rights one after the other, and at no moment more', async () => {
  const several = Array.from({ length: 4 }, () => openDatabase({ url: database.ownerUrl, poolSize: 1 }));
  const starts = several.map(async ({ db }) => {
    for (let n = 0; n < 20; n += 1) await grantServing(db, [before], 'hushang_app');
  });
  let over = false;
  const all = Promise.all(starts).finally(() => {
    over = true;
  });
  all.catch(() => undefined);
  while (!over) {
    const { rows } = await sql<{ may: boolean }>`
      select has_table_privilege('hushang_app', 'kernel.migration', 'delete') as may`.execute(database.db);
    expect(rows).toEqual([{ may: false }]);
  }
  await all;
  await Promise.all(several.map(({ close }) => close()));
});
