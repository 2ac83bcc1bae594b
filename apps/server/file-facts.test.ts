import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SealBroken } from '#kernel/crypto/crypto.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { aDiskStore, type TestFileStore } from '#testkit/file-stores.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { fileFacts } from './file-facts.ts';

// Real: PostgreSQL, files on disk, the sealing. Made up: the clock.

let database: TestDatabase;
let disk: TestFileStore;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  disk = await aDiskStore();
});
afterAll(async () => {
  await database.close();
  await disk.close();
});

test('R45, R55: an altered file is told even where the log could not be written at first, and the reader hears of the file', async () => {
  const { db, ownerDb } = database;
  const clock = clockAt('2026-11-24T02:00:00Z');
  const key = uuidv7(clock.now());
  const failures: unknown[] = [];
  const facts = fileFacts(db, clock, (error) => failures.push(error));
  const files = sealedFiles({ db, clock, crypto: softwareCrypto(Buffer.alloc(32, 7)), store: disk.store, ...facts });
  await files.put(key, Readable.from([Buffer.from('a licence')]));
  await sql`update kernel.file_key set sealed_key = reverse(sealed_key)`.execute(ownerDb);
  const told = async () =>
    (await sql`select 1 from kernel.audit_entry where action = 'kernel.files.broken'`.execute(ownerDb)).rows.length;

  await sql`alter table kernel.audit_head rename to audit_head_away`.execute(ownerDb);
  await expect(files.get(key)).rejects.toThrow(SealBroken);
  await sql`alter table kernel.audit_head_away rename to audit_head`.execute(ownerDb);
  expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining('audit_head') })]);
  expect(await told()).toBe(0);

  for (let n = 0; n < 2; n += 1) await expect(files.get(key)).rejects.toThrow(SealBroken);
  expect(await told()).toBe(1);
  clock.advance(3_600_000);
  await expect(files.get(key)).rejects.toThrow(SealBroken);
  expect([await told(), failures.length]).toEqual([2, 1]);
});
