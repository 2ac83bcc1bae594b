import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, reachable, startEmbedded } from './launcher.ts';

// Real: PostgreSQL, its processes and signals. Every test finds a running server with one row in it, and leaves one.
const dataDir = mkdtempSync(join(tmpdir(), 'hushang-launcher-'));
chmodSync(dataDir, 0o755);
const options = { dataDir, cacheDir: join(tmpdir(), 'hushang-postgres'), durable: true };
const data = join(dataDir, 'postgres', 'data');
const pidFile = join(data, 'postmaster.pid');

const ask = async (url: string, statement: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  // The server is killed under this client's feet in one test.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

const pidOf = (): number => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);

let running: Embedded;
const keptRow = [{ text: '沪A12345' }];

beforeAll(async () => {
  running = await startEmbedded(options);
  await ask(running.ownerUrl, 'create table kept (text varchar(20) primary key)');
  await ask(running.ownerUrl, `insert into kept values ('沪A12345')`);
});
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('T3.4: two users are made, and the serving one is no owner; Chinese sorts by pinyin', async () => {
  expect(running.adopted).toBe(false);
  await expect(ask(running.appUrl, 'create role intruder')).rejects.toThrow(/permission denied/);
  await expect(ask(running.appUrl, 'select * from kept')).rejects.toThrow(/permission denied/);
  const sorted = await ask(running.ownerUrl, `select x from (values ('张'), ('安'), ('李')) v(x) order by x`);
  expect(sorted).toEqual([{ x: '安' }, { x: '李' }, { x: '张' }]);
});

test('T2.2: a second start adopts the living server instead of fighting it', async () => {
  const pid = pidOf();
  const second = await startEmbedded(options);
  expect(second).toMatchObject({ adopted: true, ownerUrl: running.ownerUrl, appUrl: running.appUrl });
  expect(pidOf()).toBe(pid);
});

test('T2.2: after kill -9 it starts again by itself, and what was committed is there', async () => {
  process.kill(pidOf(), 'SIGKILL');
  running = await startEmbedded(options);
  expect(running.adopted).toBe(false);
  expect(await ask(running.ownerUrl, 'select text from kept')).toEqual(keptRow);
});

test('T2.2: what was killed is started again at the same address; a running one is left alone', async () => {
  const pid = pidOf();
  expect(await running.revive()).toBe(false);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => running.revive(), { timeout: 30_000 }).toBe(true);
  expect(pidOf()).not.toBe(pid);
  expect(await ask(running.ownerUrl, 'select text from kept')).toEqual(keptRow);
});

describe('T2.2: a left-over pid file never blocks a start', () => {
  test.each([
    ['of a process that is gone', '4194303'],
    ['of a process that is no database', String(process.pid)],
    ['of no process at all', 'nonsense'],
    ['that is empty', ''],
  ])('T2.2: %s', async (_what, pid) => {
    await running.stop();
    expect(existsSync(pidFile)).toBe(false);
    writeFileSync(pidFile, `${pid}\n${data}\n1\n5432\n`);
    running = await startEmbedded(options);
    expect(await ask(running.ownerUrl, 'select text from kept')).toEqual(keptRow);
  });
});

test('T2.2: a first start that was interrupted is begun anew', async () => {
  const interrupted = mkdtempSync(join(tmpdir(), 'hushang-launcher-'));
  chmodSync(interrupted, 0o755);
  mkdirSync(join(interrupted, 'postgres', 'data', 'base'), { recursive: true });
  writeFileSync(join(interrupted, 'postgres', 'data', 'PG_VERSION'), '18\n');
  const begun = await startEmbedded({ ...options, dataDir: interrupted, durable: false });
  expect(await ask(begun.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await begun.stop();
  rmSync(interrupted, { recursive: true, force: true });
});

test('T3.4: a folder the database user cannot reach is replaced by one it can', () => {
  const closed = mkdtempSync(join(tmpdir(), 'hushang-closed-'));
  const someone = { name: 'nobody', uid: 65_534, gid: 65_534 };
  chmodSync(closed, 0o700);
  expect(reachable(join(closed, 'data'), someone)).toMatch(/^\/var\/lib\/hushang-supervision\/[0-9a-f]{12}$/);
  expect(reachable(join(closed, 'data'), undefined)).toBe(join(closed, 'data'));
  chmodSync(closed, 0o755);
  expect(reachable(join(closed, 'data'), someone)).toBe(join(closed, 'data'));
  rmSync(closed, { recursive: true, force: true });
});
