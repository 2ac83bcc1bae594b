import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import type { Fingerprint } from '../model/fingerprint.ts';
import {
  heldPhotoMigration,
  lookLossMigration,
  photoEvidenceMigration,
  turnedMigration,
} from './evidence.migration.ts';
import { keepSeen, notePhoto } from './evidence.store.ts';
import { findNear, findSame, findTurned } from './near-search.store.ts';

const schema = 'library';
const migrations = [
  ...kernelMigrations,
  { id: 'library/0001-schema', sql: 'create schema library;' },
  photoEvidenceMigration(
    'library/0002-photo-evidence',
    schema,
    `select '1', '1', 'cover', '1', '1', 'image/jpeg', timestamptz '2026-11-23 10:00+08' where 1 = 0`,
  ),
  lookLossMigration('library/0003-look-loss', schema),
  turnedMigration('library/0004-turned', schema),
  heldPhotoMigration('library/0005-held-photo', schema),
];

let it: TestDatabase;
beforeAll(async () => {
  it = await aDatabase(migrations);
});
afterAll(() => it.close());

const seen = { width: 4_000, height: 3_000, takenAt: null, place: null, camera: null, software: null };

const keep = async (id: string, matterId: string, fingerprint: Fingerprint | null): Promise<void> => {
  const receivedAt = new Date('2026-11-23T02:00:00Z');
  const photo = { id, matterId, part: 'cover', fileId: id, sm3: `sm3 of ${id}`, mediaType: 'image/jpeg', receivedAt };
  await inTransaction(it.db, (tx) => notePhoto(tx, schema, photo));
  await keepSeen(it.db, schema, id, { ...seen, fingerprint, turned: [] });
};

const asked: Fingerprint = { bands: [0x1234, 0xabcd, 0x0f0f, 0xffff], fine: '0'.repeat(64) };
/** The asked print with so many bits of each band off, and so many of the fine print. */
const off = (bits: readonly [number, number, number, number], fine: number): Fingerprint => {
  const flip = (at: 0 | 1 | 2 | 3): number => asked.bands[at] ^ ((1 << bits[at]) - 1);
  const first = (2n ** BigInt(fine) - 1n).toString(16).padStart(64, '0');
  return { bands: [flip(0), flip(1), flip(2), flip(3)], fine: first };
};

test('R03: whatever is within seven coarse and twenty fine bits is found, the nearest first, and nothing else', async () => {
  await keep('like', 'a', asked);
  await keep('seven spread', 'b', off([2, 2, 2, 1], 5));
  await keep('seven at one place', 'c', off([7, 0, 0, 0], 20));
  await keep('fine print too far', 'd', off([1, 0, 0, 0], 21));
  await keep('eight spread', 'e', off([2, 2, 2, 2], 0));
  await keep('another', 'f', off([8, 8, 8, 8], 200));
  await keep('too plain', 'g', null);
  await keep('one’s own', 'me', asked);
  const found = await findNear(it.db, schema, 'me', asked);
  expect(found.map(({ id, distance }) => [id, distance])).toEqual([
    ['like', 0],
    ['seven spread', 5],
    ['seven at one place', 20],
  ]);
});

test('R03: turned, each photograph is found once, by the print it is nearest to', async () => {
  const found = await findTurned(it.db, schema, 'me', [
    off([8, 8, 8, 8], 200),
    off([0, 0, 0, 0], 3),
    off([1, 0, 0, 0], 9),
  ]);
  expect(
    found.filter(({ matterId }) => 'af'.includes(matterId)).map(({ id, kind, distance }) => [id, kind, distance]),
  ).toEqual([
    ['another', 'turned', 0],
    ['like', 'turned', 3],
  ]);
});

test('R03: the very same file is found in other matters only', async () => {
  expect(await findSame(it.db, schema, 'me', 'sm3 of like')).toEqual([
    { id: 'like', kind: 'same', matterId: 'a', part: 'cover', distance: null },
  ]);
  expect(await findSame(it.db, schema, 'a', 'sm3 of like')).toEqual([]);
});

test('R03: of a crowd in one band so many different prints are read and no more, and the search still answers', async () => {
  // The same first band, and 30,000 different second ones, none of them near: seven bits and more off in the third.
  await sql
    .raw(
      `insert into library.photo_evidence (id, matter_id, part, file_id, sm3, media_type, received_at, stage, tries, fault, band0, band1, band2, band3, fine)
       select 'crowd ' || n, 'crowd', 'cover', '1', 'crowd', 'image/jpeg', now(), 'done', 0, false, 4660, n, 65520, 0, repeat('f', 64) from generate_series(1, 30000) n`,
    )
    .execute(it.db);
  const read: number[] = [];
  const watched = it.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      read.push(result.rows.length);
      return result;
    },
  });
  const found = await findNear(watched, schema, 'me', asked);
  expect(found.map(({ id }) => id)).toEqual(['like', 'seven spread', 'seven at one place']);
  expect(Math.max(...read)).toBe(20_000);
});
