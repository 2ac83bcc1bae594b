import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { inTransaction, openDatabase, reach } from './database.ts';
import { outageOf } from './outage.ts';

// Real: PostgreSQL, sockets, a disk that is full.

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase([]);
});
afterAll(() => database.close());

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('T2.2: a connection that the database ends under a statement, or while none is under way, is an outage', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1 });
  const pidOf = async (): Promise<number> =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid ?? 0;
  const end = async (pid: number): Promise<void> => {
    await sql`select pg_terminate_backend(${pid}::int)`.execute(database.db);
  };
  const pid = await pidOf();
  const sleeping = thrownBy(inTransaction(db, (tx) => sql`select pg_sleep(20)`.execute(tx)));
  await end(pid);
  expect(outageOf(await sleeping)).toBe('away');
  const idle = thrownBy(
    inTransaction(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await end(rows[0]?.pid ?? 0);
      for (;;) await sql`select 1`.execute(tx);
    }),
  );
  expect(outageOf(await idle)).toBe('away');
  await close();
});

test('T2.2: a database that does not listen, or hangs up before it says a word, is away', async () => {
  const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(rude, 'listening');
  const address = rude.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const { db, close } = openDatabase({ url: `postgres://a:b@127.0.0.1:${port}/c`, poolSize: 1 });
  expect(outageOf(await thrownBy(reach(db)))).toBe('away');
  await new Promise((resolve) => rude.close(resolve));
  expect(outageOf(await thrownBy(reach(db)))).toBe('away');
  await close();
});

test('T2.2: whoever waits too long for a row of somebody else is told so and does not hang', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1, lockWaitMs: 100 });
  const lock = sql`select pg_advisory_xact_lock(77)`;
  await inTransaction(database.db, async (tx) => {
    await lock.execute(tx);
    const refused = await thrownBy(inTransaction(db, (other) => lock.execute(other)));
    expect(refused).toMatchObject({ code: '55P03' });
    expect(outageOf(refused)).toBe('crowded');
  });
  await close();
});

test('T2.2: whoever waits too long for a connection is told so and does not hang', async () => {
  const { db, close } = openDatabase({ url: database.url, poolSize: 1, connectionWaitMs: 2_000 });
  await reach(db);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const holding = inTransaction(db, async (tx) => {
    await sql`select 1`.execute(tx);
    await held;
  });
  expect(outageOf(await thrownBy(reach(db)))).toBe('crowded');
  letGo();
  await holding;
  await close();
});

test('T2.2: a full disk is an outage, also where it is the cause of another error', async () => {
  const full = await thrownBy(writeFile('/dev/full', 'a photograph'));
  expect(outageOf(full)).toBe('no-room');
  expect(outageOf(new Error('not kept', { cause: full }))).toBe('no-room');
});

test('a defect and a refusal are none', async () => {
  expect(outageOf(await thrownBy(sql`select 1 / 0`.execute(database.db)))).toBeUndefined();
  // The same SQLSTATE as that of a statement parsed before a column came.
  const unsupported = sql`select count(*) from pg_class for update`.execute(database.db);
  const thrown = await thrownBy(unsupported);
  expect([outageOf(thrown), thrown]).toEqual([undefined, expect.objectContaining({ code: '0A000' })]);
  expect(outageOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(outageOf('a text')).toBeUndefined();
});

test('ADR 0056: a statement that was parsed before its table got a column, where nobody could do it again, is an outage', async () => {
  await sql`create table shelf (id integer primary key)`.execute(database.ownerDb);
  await sql`grant select on shelf to public`.execute(database.ownerDb);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const read = () => client.query({ name: 'read', text: 'select * from shelf where id = $1', values: [1] });
  await read();
  await sql`alter table shelf add column title text`.execute(database.ownerDb);
  expect(outageOf(await thrownBy(read()))).toBe('away');
  await client.end();
});
