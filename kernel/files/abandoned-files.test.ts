import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDiskStore, type TestFileStore } from '#testkit/file-stores.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { clearAbandonedFiles } from './abandoned-files.ts';
import { addFile } from './file.store.ts';
import type { FileStore } from './file-store.ts';
import { type ReceivedFile, receiveFile } from './receive.ts';
import { sealedFiles } from './sealed-files.ts';

const hourMs = 3_600_000;
const jpeg = aJpeg(40, 30);
const clock = clockAt('2026-11-23T02:00:00Z');
let database: TestDatabase;
let place: TestFileStore;
let files: FileStore;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  place = await aDiskStore();
  files = sealedFiles({ db: database.db, crypto: softwareCrypto(Buffer.alloc(32, 7)), clock, store: place.store });
});
afterAll(async () => {
  await place.close();
  await database.close();
});

const upload = (): Promise<ReceivedFile> =>
  receiveFile({ name: '整车.jpg', stream: Readable.from([jpeg]) }, files, clock.now());
const take = (file: ReceivedFile): Promise<void> =>
  inTransaction(database.db, (tx) => addFile(tx, file, { id: randomUUID(), uploadedBy: 'clerk1', at: clock.now() }));
const clear = (): Promise<number> => clearAbandonedFiles({ db: database.db, clock, store: place.store });
const keysOf = async ({ storeKey }: ReceivedFile): Promise<number> =>
  (await sql`select 1 from kernel.file_key where store_key = ${storeKey}`.execute(database.db)).rows.length;

test('T5.6: an upload that no matter took is cleared away after a day, bytes and key; one that was taken stays for good', async () => {
  const [taken, left] = [await upload(), await upload()];
  await take(taken);
  clock.advance(23 * hourMs);
  expect(await clear()).toBe(0);
  expect(await place.store.exists(left.storeKey)).toBe(true);
  clock.advance(2 * hourMs);
  expect(await clear()).toBe(1);
  expect([await place.store.exists(left.storeKey), await keysOf(left)]).toEqual([false, 0]);
  clock.advance(1_000 * hourMs);
  expect(await clear()).toBe(0);
  expect(await buffer(await files.get(taken.storeKey))).toEqual(Buffer.from(jpeg));
});

test('T5.6: a transaction that came to nothing leaves its upload to be cleared away', async () => {
  const file = await upload();
  const halfWay = inTransaction(database.db, async (tx) => {
    await addFile(tx, file, { id: randomUUID(), uploadedBy: 'clerk1', at: clock.now() });
    throw new Error('the case is somebody else’s by now');
  });
  await expect(halfWay).rejects.toThrow('somebody else');
  clock.advance(25 * hourMs);
  expect(await clear()).toBe(1);
  expect(await place.store.exists(file.storeKey)).toBe(false);
});

test('T5.6: who would take a file while it is cleared away waits, and is refused; who is first keeps it', async () => {
  const [late, soon] = [await upload(), await upload()];
  clock.advance(25 * hourMs);
  await take(soon);
  let lateOutcome: Promise<unknown> | undefined;
  const slow = {
    delete: async (key: string): Promise<void> => {
      // In the middle of clearing away: the row is locked, the bytes are still there.
      lateOutcome = take(late).catch((error: Error) => error.message);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await place.store.delete(key);
    },
  };
  expect(await clearAbandonedFiles({ db: database.db, clock, store: slow })).toBe(1);
  expect(await lateOutcome).toBe(`file ${late.storeKey} is not awaited any more`);
  expect(await place.store.exists(soon.storeKey)).toBe(true);
});

test('T5.6: what a store does not delete keeps nobody back, is told, and is cleared away another time', async () => {
  const [stuck, other] = [await upload(), await upload()];
  clock.advance(25 * hourMs);
  const broken = {
    delete: (key: string) =>
      key === stuck.storeKey ? Promise.reject(new Error('disk is gone')) : place.store.delete(key),
  };
  await expect(clearAbandonedFiles({ db: database.db, clock, store: broken })).rejects.toThrow('disk is gone');
  expect([await keysOf(stuck), await keysOf(other)]).toEqual([1, 0]);
  expect(await clear()).toBe(0);
  clock.advance(25 * hourMs);
  expect(await clear()).toBe(1);
});

test('T5.6: a file refused on arrival leaves nothing to clear away', async () => {
  const bad = receiveFile({ name: 'x.jpg', stream: Readable.from([Buffer.from('no picture')]) }, files, clock.now());
  await expect(bad).rejects.toThrow();
  expect((await sql`select 1 from kernel.file_awaited`.execute(database.db)).rows).toEqual([]);
});
