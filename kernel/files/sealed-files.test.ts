import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aDiskStore, anS3Store, type TestFileStore } from '#testkit/file-stores.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { awaitFile } from './awaited-file.store.ts';
import { addFile, findFile } from './file.store.ts';
import { countFiles } from './file-key.store.ts';
import type { FileStore } from './file-store.ts';
import { sealedFiles, sealPlainFiles } from './sealed-files.ts';
import { FileBroken, openPieces, sealPieces } from './sealed-pieces.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const dataKey = Buffer.alloc(48, 5);
const newKey = (): string => uuidv7(systemClock.now());

const inPieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
  );
const seal = (bytes: Buffer, size = 50_000): Promise<Buffer> =>
  buffer(Readable.from(sealPieces(inPieces(bytes, size), dataKey)));
const open = (bytes: Buffer, size = 70_001): Promise<Buffer> =>
  buffer(Readable.from(openPieces(inPieces(bytes, size), dataKey)));
const some = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, n) => (n * 31 + (n >> 8)) & 0xff));

describe('R55: a file sealed in pieces', () => {
  test('opens to the same bytes, whatever its length and however it arrives', async () => {
    const lengths = fc.oneof(
      fc.nat({ max: 300 }),
      fc.constantFrom(65_535, 65_536, 65_537, 131_071, 131_072, 131_073),
      fc.nat({ max: 300_000 }),
    );
    const size = fc.integer({ min: 1_000, max: 200_000 });
    await fc.assert(
      fc.asyncProperty(lengths, size, size, async (length, arriving, read) => {
        const plain = some(length);
        const sealed = await seal(plain, arriving);
        expect(sealed.length).toBe(4 + length + 32 * Math.max(1, Math.ceil(length / 65_536)));
        expect((await open(sealed, read)).equals(plain)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('with any flipped byte is refused, and no byte of the altered piece is given out', async () => {
    const plain = some(140_000);
    const sealed = await seal(plain);
    for (const at of [0, 3, 4, 35, 36, 65_000, 65_571, 65_572, 65_604, 131_140, sealed.length - 1]) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const given: Buffer[] = [];
      const reading = (async () => {
        for await (const piece of openPieces(inPieces(altered, 9_999), dataKey)) given.push(piece);
      })();
      await expect(reading).rejects.toThrow(FileBroken);
      const out = Buffer.concat(given);
      expect(out.equals(plain.subarray(0, out.length))).toBe(true);
      expect(out.length).toBe(at < 65_572 ? 0 : at < 131_140 ? 65_536 : 131_072);
    }
  });

  test('cut off, lengthened, with pieces swapped, or under another key is refused', async () => {
    const sealed = await seal(some(140_000));
    const piece = 65_536 + 32;
    const parts = [
      sealed.subarray(4, 4 + piece),
      sealed.subarray(4 + piece, 4 + 2 * piece),
      sealed.subarray(4 + 2 * piece),
    ];
    const [first = sealed, second = sealed, third = sealed] = parts;
    const mark = sealed.subarray(0, 4);
    const wrongs = [
      Buffer.alloc(0),
      mark,
      sealed.subarray(0, 3),
      Buffer.concat([mark, first]),
      Buffer.concat([mark, first, second]),
      Buffer.concat([mark, second, first, third]),
      Buffer.concat([mark, first, third]),
      Buffer.concat([sealed, Buffer.of(0)]),
      Buffer.concat([mark, first, first, second, third]),
    ];
    for (const wrong of wrongs) await expect(open(wrong)).rejects.toThrow(FileBroken);
    await expect(buffer(Readable.from(openPieces(inPieces(sealed, 9_999), Buffer.alloc(48, 6))))).rejects.toThrow(
      FileBroken,
    );
  });

  test('passes in pieces: a long file is never held whole', async () => {
    let taken = 0;
    const endless = async function* () {
      for (let n = 0; n < 4_000; n += 1) {
        taken += 1;
        yield Buffer.alloc(16_384, n);
      }
    };
    let given = 0;
    for await (const piece of openPieces(sealPieces(endless(), dataKey), dataKey)) {
      given += piece.length;
      // Two pieces at most lie between what came in and what went out.
      expect(taken * 16_384 - given).toBeLessThan(4 * 65_536);
    }
    expect(given).toBe(4_000 * 16_384);
  });
});

describe.each([
  ['disk', aDiskStore],
  ['S3', anS3Store],
])('R55: sealed files on %s', (_name, make) => {
  let database: TestDatabase;
  let place: TestFileStore;
  let files: FileStore;
  beforeAll(async () => {
    database = await aDatabase(kernelMigrations);
    place = await make();
    files = sealedFiles({ db: database.db, crypto, clock: systemClock, store: place.store });
  });
  afterAll(async () => {
    await place.close();
    await database.close();
  });

  /** A file as it was stored before files were sealed. */
  const addPlain = async (bytes: Buffer) => {
    const [id, key] = [newKey(), newKey()];
    await place.store.put(key, inPieces(bytes, 9_999));
    const file = {
      storeKey: key,
      name: 'a.jpg',
      mediaType: 'image/jpeg',
      sizeBytes: bytes.length,
      sm3: 'x',
      image: null,
      takenAt: null,
      place: null,
      device: null,
    };
    await inTransaction(database.db, async (tx) => {
      await awaitFile(tx, key, systemClock.now());
      await addFile(tx, file, { id, uploadedBy: 'u', at: systemClock.now() });
    });
    await sql`insert into kernel.file_key (store_key, scheme) values (${key}, 'plain')`.execute(database.db);
    return { id, key };
  };

  test('what was put is got; what lies in the store is not it', async () => {
    const [key, plain] = [newKey(), some(200_000)];
    await files.put(key, inPieces(plain, 50_000));
    expect((await buffer(await files.get(key))).equals(plain)).toBe(true);
    const stored = await buffer(await place.store.get(key));
    expect(stored.subarray(0, 4).toString()).toBe('HSF1');
    expect(stored.includes(plain.subarray(1_000, 1_032))).toBe(false);
    await files.delete(key);
    expect(await files.exists(key)).toBe(false);
    await expect(files.get(key)).rejects.toThrow(FileBroken);
  });

  test('a line that breaks leaves neither bytes nor key', async () => {
    const [key, before] = [newKey(), place.stored()];
    const broken = async function* () {
      yield some(70_000);
      throw new Error('line lost');
    };
    await expect(files.put(key, Readable.from(broken()))).rejects.toThrow('line lost');
    expect(place.stored()).toBe(before);
    await expect(files.get(key)).rejects.toThrow(/no key/);
  });

  test('the key of one file does not open another, and a sealed file cannot be called plain', async () => {
    const [one, other] = [newKey(), newKey()];
    for (const key of [one, other]) await files.put(key, inPieces(some(10_000), 3_000));
    await sql`update kernel.file_key set sealed_key = (select sealed_key from kernel.file_key where store_key = ${other}) where store_key = ${one}`.execute(
      database.db,
    );
    await expect(files.get(one)).rejects.toThrow();
    await sql`update kernel.file_key set scheme = 'plain', sealed_key = null where store_key = ${one}`.execute(
      database.db,
    );
    await expect(files.get(one).then(buffer)).rejects.toThrow(FileBroken);
    await sql`update kernel.file_key set scheme = 'f9' where store_key = ${one}`.execute(database.db);
    await expect(files.get(one)).rejects.toThrow(/unknown scheme/);
    for (const key of [one, other]) await files.delete(key);
  });

  test('old plain files are readable, and are sealed whatever happens in between', async () => {
    const plains: { id: string; key: string; bytes: Buffer }[] = [];
    for (let n = 0; n < 6; n += 1) plains.push({ ...(await addPlain(some(1_000 + n))), bytes: some(1_000 + n) });
    const readAll = async (): Promise<void> => {
      for (const { id, bytes } of plains) {
        const file = await findFile(database.db, id);
        expect((await buffer(await files.get(file?.storeKey ?? ''))).equals(bytes)).toBe(true);
      }
    };
    await readAll();
    /** Dies at its n-th dealing with the store. */
    const mortal = (n: number): FileStore => {
      let dealings = 0;
      const count = async (): Promise<void> => {
        dealings += 1;
        if (dealings > n) throw new Error('killed');
      };
      return {
        put: async (key, stream) => {
          await count();
          await place.store.put(key, stream);
          await count();
        },
        get: async (key) => {
          await count();
          return place.store.get(key);
        },
        delete: async (key) => {
          await count();
          await place.store.delete(key);
        },
        exists: place.store.exists,
      };
    };
    for (let life = 0; life < 9; life += 1) {
      const parts = { db: database.db, crypto, clock: systemClock, store: mortal(life) };
      await sealPlainFiles(parts, () => undefined).catch(() => undefined);
      await readAll();
    }
    await sealPlainFiles({ db: database.db, crypto, clock: systemClock, store: place.store }, () => undefined);
    await readAll();
    expect((await countFiles(database.db)).plain).toBe(0);
    for (const { key } of plains) expect(await place.store.exists(key)).toBe(false);
  });
});

test('R55: a file that is gone from its store, while its key stands, is told of when it is read; one that was deleted is not', async () => {
  const database = await aDatabase(kernelMigrations);
  const place = await aDiskStore();
  const missing: string[] = [];
  const files = sealedFiles({
    db: database.db,
    crypto,
    clock: systemClock,
    store: place.store,
    onMissing: async (key) => void missing.push(key),
  });
  const [gone, deleted, going] = [newKey(), newKey(), newKey()];
  for (const key of [gone, deleted, going]) await files.put(key, inPieces(some(1_000), 999));
  await place.store.delete(gone);
  await expect(files.get(gone)).rejects.toThrow();
  expect(missing).toEqual([gone]);
  await files.delete(deleted);
  await expect(files.get(deleted)).rejects.toThrow(FileBroken);
  // Read in the middle of a deletion: the bytes go first.
  await place.store.delete(going);
  const reading = files.get(going);
  await files.delete(going);
  await expect(reading).rejects.toThrow();
  expect(missing).toEqual([gone]);
  await place.close();
  await database.close();
});

test('R55: a byte flipped on the disk is refused when the file is read', async () => {
  const database = await aDatabase(kernelMigrations);
  const place = await aDiskStore();
  const told: [string, string][] = [];
  const files = sealedFiles({
    db: database.db,
    crypto,
    clock: systemClock,
    store: place.store,
    onBroken: async (...what) => void told.push(what),
  });
  const key = newKey();
  await files.put(key, inPieces(some(100_000), 9_999));
  const [folder, name] = [place.folder ?? '', readdirSync(place.folder ?? '', { recursive: true, encoding: 'utf8' })];
  const file = name.map((one) => join(folder, one)).find((one) => statSync(one).isFile()) ?? '';
  const bytes = readFileSync(file);
  bytes[50_000] = (bytes[50_000] ?? 0) ^ 4;
  writeFileSync(file, bytes);
  await expect(files.get(key).then(buffer)).rejects.toThrow(FileBroken);
  expect(told).toEqual([[key, 'piece 0 of the file was altered']]);
  await expect(files.get(newKey())).rejects.toThrow(FileBroken);
  expect(told).toHaveLength(1);
  await sql`update kernel.file_key set sealed_key = 's1.forged' where store_key = ${key}`.execute(database.ownerDb);
  await expect(files.get(key)).rejects.toThrow();
  expect(told.map(([which]) => which)).toEqual([key, key]);
  await place.close();
  await database.close();
});
