import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDiskStore, type TestFileStore } from '#testkit/file-stores.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { addFile } from './file.store.ts';
import { checkStanding } from './file-check.store.ts';
import { checkNextFiles, type FileCheckParts } from './file-check.ts';
import { sealedFiles } from './sealed-files.ts';

// Real: PostgreSQL, sealed files on the disk. Made up: the clock, and what happens to the files behind the product's back.

const clock = clockAt('2026-11-23T02:00:00Z');
let database: TestDatabase;
let disk: TestFileStore;
let parts: FileCheckParts;
const told: string[] = [];
const keyOf = (n: number): string => `01a00000-0000-7000-8000-00000000000${n}`;

beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  disk = await aDiskStore();
  const tell = async (key: string, what = 'gone'): Promise<void> => {
    told.push(`${key} ${what === 'gone' ? what : 'altered'}`);
  };
  const { db } = database;
  const crypto = softwareCrypto(Buffer.alloc(32, 7));
  const files = sealedFiles({ db, crypto, clock, store: disk.store, onBroken: tell, onMissing: tell });
  parts = { db, clock, files, onBroken: tell };
  for (let n = 0; n < 7; n += 1) {
    const bytes = Buffer.from(`photograph ${n}`);
    await files.put(keyOf(n), Readable.from([bytes]), clock.now());
    const file = {
      storeKey: keyOf(n),
      name: 'a.jpg',
      mediaType: 'image/jpeg',
      sizeBytes: bytes.length,
      sm3: sm3Hex(bytes),
    };
    const received = { ...file, image: null, takenAt: null, place: null, device: null };
    await inTransaction(db, (tx) => addFile(tx, received, { id: `id-${n}`, uploadedBy: 'clerk1', at: clock.now() }));
  }
});
afterAll(async () => {
  await database.close();
  await disk.close();
});

test('T5.6: all files are read again in rounds; what was altered, exchanged or is gone is told and counted', async () => {
  expect(await checkNextFiles(parts, 3)).toEqual({ checked: 3, bad: 0 });
  expect(await checkStanding(database.db)).toMatchObject({ checked: 3, bad: 0, endedAt: null });

  const folder = disk.folder ?? '';
  const lying = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const place = (n: number): string => join(folder, lying.find((one) => one.endsWith(keyOf(n))) ?? '');
  const altered = readFileSync(place(3));
  altered[10] = (altered[10] ?? 0) ^ 1;
  writeFileSync(place(3), altered);
  rmSync(place(4));
  // A whole file with its key in the place of another: it opens, and is not what was uploaded.
  await sql`update kernel.file set sm3 = ${sm3Hex('another')} where store_key = ${keyOf(5)}`.execute(database.ownerDb);

  expect(await checkNextFiles(parts, 3)).toEqual({ checked: 3, bad: 3 });
  expect(told).toEqual([`${keyOf(3)} altered`, `${keyOf(4)} gone`, `${keyOf(5)} altered`]);
  expect(await checkNextFiles(parts, 3)).toEqual({ checked: 1, bad: 0 });
  expect(await checkStanding(database.db)).toEqual({
    beganAt: clock.now(),
    endedAt: clock.now(),
    checked: 7,
    bad: 3,
  });
});

test('T5.6: the next round begins a week after the last one began; two processes never read the same', async () => {
  clock.set('2026-11-25T02:00:00Z');
  expect(await checkNextFiles(parts, 3)).toEqual({ checked: 0, bad: 0 });
  clock.set('2026-11-30T02:00:00Z');
  const both = await Promise.all([checkNextFiles(parts, 4), checkNextFiles(parts, 4)]);
  expect(both.map(({ checked }) => checked).sort()).toEqual([3, 4]);
  expect(await checkStanding(database.db)).toMatchObject({ checked: 7, bad: 3, endedAt: clock.now() });
});

test('T5.6: a store that does not answer is no fault of the files', async () => {
  clock.set('2026-12-09T02:00:00Z');
  const dead = {
    ...parts.files,
    get: () => Promise.reject(new Error('the store does not answer')),
    exists: async () => true,
  };
  await expect(checkNextFiles({ ...parts, files: dead }, 2)).rejects.toThrow('does not answer');
  expect(await checkStanding(database.db)).toMatchObject({ checked: 0, bad: 0 });
});
