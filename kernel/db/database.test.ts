import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { byOneConnection, inTransaction, openDatabase } from './database.ts';

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

test('a refusal nobody waited for ends the transaction with that refusal, and nothing of it stays', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  await sql`create temporary table kept (n integer primary key)`.execute(db);
  const written = inTransaction(db, async (tx) => {
    await sql`insert into kept values (1)`.execute(tx);
    void sql`select 1 / 0`.execute(tx).catch(() => undefined);
    return 'done';
  });
  await expect(written).rejects.toMatchObject({ code: '22012' });
  expect((await sql`select n from kept`.execute(db)).rows).toEqual([]);
  await close();
});

test('what failed first is told, not that the transaction was broken by it', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  const work = inTransaction(db, async (tx) => {
    void sql`select 1 / 0`.execute(tx).catch(() => undefined);
    await sql`select 1`.execute(tx);
  });
  await expect(work).rejects.toMatchObject({ code: '22012' });
  await close();
});

test('after its end a transaction sends nothing any more', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  let late: Promise<unknown> = Promise.resolve();
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await inTransaction(db, async (tx) => {
    await sql`select 1`.execute(tx);
    late = gate.then(() => sql`select 2`.execute(tx));
    late.catch(() => undefined);
  });
  goOn();
  await expect(late).rejects.toThrow(/already committed|given back/);
  await close();
});

test('several things are asked by one connection without waiting for each other, and one that is refused spoils none', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 2 });
  const pids = (): Promise<readonly unknown[]> =>
    byOneConnection(db, (one) =>
      Promise.all(
        [1, 2, 3].map(async (n) => (await sql`select pg_backend_pid() as pid, ${n}::int`.execute(one)).rows[0]),
      ),
    );
  expect(new Set((await pids()).map((row) => (row as { pid: number }).pid)).size).toBe(1);
  let beside: unknown;
  const refused = byOneConnection(db, async (one) => {
    const both = [sql`select 1 / ${0}::int`.execute(one), sql<{ one: number }>`select ${1}::int as one`.execute(one)];
    const [, second] = await Promise.allSettled(both);
    beside = second?.status === 'fulfilled' && second.value.rows;
  });
  await expect(refused).rejects.toThrow(/division by zero/);
  expect(beside).toEqual([{ one: 1 }]);
  expect(await pids()).toHaveLength(3);
  await close();
});

test('T2.2: a connection ended by the database in the middle of a transaction refuses it, and the next one works', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  const ended = inTransaction(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    const other = openDatabase({ url: database.url, poolSize: 1 });
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other.db);
    await other.close();
    // Nothing is under way while the connection breaks: only a listener of its own keeps that from ending the process.
    await pause(200);
    await sql`select 1`.execute(tx);
  });
  await expect(ended).rejects.toThrow(/not queryable|terminat/);
  expect(await inTransaction(db, async (tx) => (await sql`select 1 as one`.execute(tx)).rows)).toEqual([{ one: 1 }]);
  await close();
});

test('T2.2, ADR 0056: a table that gets a column while the server runs is read on as ever, by every connection, in a transaction and out of one', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 3 });
  await sql`create table book (id integer primary key)`.execute(database.ownerDb);
  await sql`grant select, insert on book to public`.execute(database.ownerDb);
  const read = (through: typeof db) => sql<{ id: number }>`select * from book where id = ${1}::int`.execute(through);
  const everywhere = (): Promise<unknown> => Promise.all(Array.from({ length: 3 }, () => inTransaction(db, read)));
  await everywhere();
  await sql`alter table book add column title text`.execute(database.ownerDb);
  await sql`insert into book values (1, 'a title')`.execute(database.ownerDb);
  for (let n = 0; n < 3; n += 1) {
    await everywhere();
    expect((await read(db)).rows).toEqual([{ id: 1, title: 'a title' }]);
  }
  await sql`alter table book add column pages integer`.execute(database.ownerDb);
  expect((await Promise.all([read(db), read(db), read(db)])).map(({ rows }) => rows)).toEqual(
    Array.from({ length: 3 }, () => [{ id: 1, title: 'a title', pages: null }]),
  );
  await close();
});
