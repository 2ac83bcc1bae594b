import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openCopying } from '#kernel/db/copy.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { addFile, releaseFile } from '#kernel/files/file.store.ts';
import { dropFileKey, findFileKey } from '#kernel/files/file-key.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { receiveFile } from '#kernel/files/receive.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { placeOfFile } from '#kernel/files/store.disk.ts';
import { aDiskStore, type TestFileStore } from '#testkit/file-stores.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aDatabase, anEmptyDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { shelveBackup } from './backup-shelf.ts';
import { filesFolder } from './manifest.ts';
import { checkBackup } from './read-backup.ts';
import { restoreBackup } from './restore.ts';

// Real here: PostgreSQL, disk, files with their keys. Made up: the clock.

const onPart = (): void => undefined;
const clock = clockAt('2026-11-23T02:00:00Z');
const crypto = softwareCrypto(Buffer.alloc(32, 7));
let database: TestDatabase;
let place: TestFileStore;
let files: FileStore;
let root: string;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  place = await aDiskStore();
  files = sealedFiles({ db: database.db, crypto, clock, store: place.store });
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hushang-shelf-'));
});
afterAll(async () => {
  await place.close();
  await database.close();
});

const photograph = async (size = 30): Promise<{ readonly id: string; readonly key: string }> => {
  const stream = Readable.from([aJpeg(40, size)]);
  const file = await receiveFile({ name: '整车.jpg', stream }, files, clock.now());
  const id = randomUUID();
  await inTransaction(database.db, (tx) => addFile(tx, file, { id, uploadedBy: 'clerk1', at: clock.now() }));
  return { id, key: file.storeKey };
};

/** A file that no matter keeps for good, like an export's. */
const passing = async (): Promise<string> => {
  const key = randomUUID();
  await files.put(key, Readable.from([Buffer.from('导出的案卷列表')]));
  return key;
};

const shelve = async (keep = 14, store: FileStore = place.store, approve?: () => Promise<void>) => {
  clock.advance(60_000);
  const connection = await openCopying(database.ownerUrl);
  const parts = { connection, db: database.ownerDb, files: store, productVersion: '1', clock, onPart };
  return shelveBackup(root, keep, parts, approve).finally(() => connection.close());
};

const restored = async (folder: string) => {
  const target = await anEmptyDatabase();
  const store = await aDiskStore();
  const connection = await openCopying(target.ownerUrl);
  const found = await restoreBackup({
    ...{ folder, connection, files: store.store, migrations: kernelMigrations, acceptFindings: false, clock, onPart },
    cryptoOver: async () => crypto,
  }).finally(() => connection.close());
  return { found, target, store, close: () => Promise.all([target.close(), store.close()]) };
};

const namesOf = (folder: string, key: string): number => statSync(placeOfFile(filesFolder(folder), key)).nlink;

test('T2.2: a backup beside earlier ones copies what they do not have, and each is whole without the others', async () => {
  const first = await photograph();
  const one = await shelve();
  expect(one.manifest.files.copied?.count).toBe(one.manifest.files.count);
  const second = await photograph();
  const two = await shelve();
  expect(two.manifest.files.count).toBe(one.manifest.files.count + 1);
  expect(two.manifest.files.copied?.count).toBe(1);
  expect([namesOf(two.folder, first.key), namesOf(two.folder, second.key)]).toEqual([2, 1]);
  rmSync(one.folder, { recursive: true });
  expect((await checkBackup(two.folder)).digest).toBe(two.manifest.digest);
  const { found, store, close } = await restored(two.folder);
  expect(found.manifest.files.count).toBe(two.manifest.files.count);
  expect(await store.store.exists(first.key)).toBe(true);
  await close();
});

test('T2.2: as many stay as are wanted; what others or an interruption left is not touched before its time', async () => {
  await mkdir(join(root, 'somebodys'));
  await mkdir(join(root, '20261101T020000Z'));
  await mkdir(join(root, '20261123T010000Z'));
  const made = [await shelve(2), await shelve(2), await shelve(2)];
  expect(made[2]?.dropped).toEqual([made[0]?.folder]);
  expect(made[0]?.dropped).toEqual([join(root, '20261101T020000Z')]);
  const names = made.slice(1).map(({ folder }) => folder.slice(root.length + 1));
  expect(readdirSync(root).sort()).toEqual(['20261123T010000Z', ...names, 'somebodys']);
  for (const { folder } of made.slice(1)) await checkBackup(folder);
});

test('T2.2: a spoilt earlier backup is not built upon: file gone, file cut, list altered', async () => {
  const { key } = await photograph();
  const { key: other } = await photograph(32);
  const one = await shelve();
  rmSync(placeOfFile(filesFolder(one.folder), key));
  writeFileSync(placeOfFile(filesFolder(one.folder), other), 'cut');
  const two = await shelve();
  expect(two.manifest.files.copied?.count).toBe(2);
  await checkBackup(two.folder);
  writeFileSync(join(two.folder, 'files.jsonl.gz'), createHash('sha256').update('x').digest());
  const three = await shelve();
  expect(three.manifest.files.copied?.count).toBe(three.manifest.files.count);
  await checkBackup(three.folder);
});

/** A store in which files go away in good order as they are about to be copied. */
const losing = (gone: (key: string) => Promise<boolean>): FileStore => ({
  ...place.store,
  get: async (key) => {
    if (await gone(key)) await place.store.delete(key);
    return place.store.get(key);
  },
});

test('T2.2: passing files that are deleted while it copies stop no backup; they are told, and nobody looks for them after a restore', async () => {
  const keys = [await passing(), await passing(), await passing(), await passing(), await passing()];
  const lossy = losing(async (key) => {
    if (!keys.includes(key)) return false;
    await dropFileKey(database.db, key);
    return true;
  });
  const { folder, manifest } = await shelve(14, lossy);
  expect(manifest.files).toMatchObject({ gone: keys.length, missing: 0 });
  await checkBackup(folder);
  const { target, close } = await restored(folder);
  for (const key of keys) expect(await findFileKey(target.ownerDb, key)).toBeUndefined();
  await close();
});

test('T2.2: a photograph that its matter gives up meanwhile makes it take another moment, in which nobody speaks of it', async () => {
  const { id, key } = await photograph();
  const lossy = losing(async (asked) => {
    if (asked !== key) return false;
    await inTransaction(database.db, (tx) => releaseFile(tx, id, clock.now()));
    await inTransaction(database.db, (tx) => dropFileKey(tx, key));
    return true;
  });
  const { folder, manifest } = await shelve(14, lossy);
  expect(manifest.files).toMatchObject({ gone: 0, missing: 0 });
  await checkBackup(folder);
});

test('T2.2: a backup whose manifest this program cannot read is told and never deleted, however old it is', async () => {
  const old = await shelve();
  writeFileSync(join(old.folder, 'manifest.json'), '{"format":"hushang-backup-2"}');
  clock.advance(30 * 86_400_000);
  const made = await shelve(1);
  expect(made.unread).toEqual([old.folder]);
  expect(made.dropped).toEqual([]);
  expect(existsSync(old.folder)).toBe(true);
  expect((await shelve(1)).dropped).toEqual([made.folder]);
});

test('T2.2: after a backup by a clock that was ahead the next builds on the newest true one, and what was just made stays', async () => {
  const true1 = await shelve();
  clock.advance(400 * 86_400_000);
  const future = await shelve();
  clock.advance(-400 * 86_400_000);
  await photograph();
  const true2 = await shelve();
  const true3 = await shelve();
  // The one of the clock that was ahead does not have the photograph.
  expect(true3.manifest.files.copied?.count).toBe(0);
  const true4 = await shelve(1);
  expect(true4.dropped.toSorted()).toEqual([true1, true2, true3, future].map(({ folder }) => folder).toSorted());
  await checkBackup(true4.folder);
});

test('T2.2: none is deleted before the new one was approved', async () => {
  const old = await shelve(1);
  const refused = shelve(1, place.store, () => Promise.reject(new Error('does not read back')));
  await expect(refused).rejects.toThrow('does not read back');
  expect(existsSync(old.folder)).toBe(true);
});

test('a copying connection that nothing was asked of ends as any other: a command that holds one comes to its end', async () => {
  const application = 'backup-that-asks-nothing';
  const url = new URL(database.ownerUrl);
  url.searchParams.set('application_name', application);
  const open = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from pg_stat_activity where application_name = ${application}`.execute(
      database.ownerDb,
    );
    return rows[0]?.n ?? 0;
  };
  const connection = await openCopying(url.toString());
  expect(await open()).toBe(1);
  await connection.close();
  await waitUntil(async () => (await open()) === 0);
});
