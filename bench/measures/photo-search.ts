import { join } from 'node:path';
import { sql } from 'kysely';
import { migrations } from '#apps/server/plans.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { migrate } from '#kernel/db/migrate.ts';
import {
  coarseAtMost,
  coarseDistance,
  type Fingerprint,
  fineAtMost,
  fineDistance,
} from '#practices/photo-evidence/model/fingerprint.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { findNear, findSame, findTurned } from '#practices/photo-evidence/server/near-search.store.ts';
import { aStruckNumber, asJpeg, aVehicleInYard, type Painted, turnedOver, usedAgain } from '#testkit/yard-pictures.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import { discard, home, throwawayFolder } from '../product.ts';
import type { Bench } from '../scene.ts';

const table = 'elv.photo_evidence';

/** Sixteen bits of which each is one with a chance of an eighth. */
const fewBits = sql`((random() * 65535)::int & (random() * 65535)::int & (random() * 65535)::int)`;

/** A band of one of five thousand views that yards have again and again, with some bits off; or any band at all. */
const band = (at: number) =>
  sql`case when n % 2 = 0 then (random() * 65535)::int
    else (('x' || substr(md5('view' || n % 5000), ${at * 4 + 1}::int, 4))::bit(16)::int) # ${fewBits} end`;

/** Photographs from one number up to another, made by the database itself: half of them of views that are much alike, half of anything. Twenty to a case. */
const fill = async (db: Db, from: number, upTo: number): Promise<void> => {
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'elv' and tablename = 'photo_evidence' and indexname <> 'photo_evidence_pkey'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.id('elv', name)}`.execute(db);
  await sql`
    insert into elv.photo_evidence (id, matter_id, part, file_id, sm3, media_type, received_at, stage, tries, fault, width, height,
      band0, band1, band2, band3, fine)
    select 'p' || n, 'c' || n / 20, 'engine', 'f' || n, md5('a' || n) || md5('b' || n), 'image/jpeg', timestamptz '2026-01-01', 'done', 0, false, 4000, 3000,
      ${band(0)}, ${band(1)}, ${band(2)}, ${band(3)}, md5('c' || n) || md5('d' || n)
    from generate_series(${from}::int, ${upTo}::int) as s (n)`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
  await sql`vacuum analyze elv.photo_evidence`.execute(db);
};

/** Some of the photographs there are, as somebody would use them again: three coarse bits and eight fine ones off. */
const usedOnes = async (db: Db, upTo: number, count: number) => {
  const ids = Array.from({ length: count }, (_, at) => `p${1 + Math.floor((at * (upTo - 1)) / count)}`);
  const { rows } = await sql<{
    id: string;
    sm3: string;
    fine: string;
    band0: number;
    band1: number;
    band2: number;
    band3: number;
  }>`
    select id, sm3, fine, band0, band1, band2, band3 from elv.photo_evidence where id in (${sql.join(ids)})`.execute(
    db,
  );
  return rows.map(({ id, sm3, fine, band0, band1, band2, band3 }) => ({
    id,
    sm3,
    print: {
      bands: [band0 ^ 1, band1 ^ 2, band2 ^ 4, band3],
      fine: `${(Number.parseInt(fine.slice(0, 2), 16) ^ 255).toString(16).padStart(2, '0')}${fine.slice(2)}`,
    } satisfies Fingerprint,
  }));
};

/** Seven prints as far from the first as turned ones are. */
const turnedOf = ({ bands, fine }: Fingerprint): readonly Fingerprint[] =>
  Array.from({ length: 7 }, (_, at): Fingerprint => {
    const other = (band: 0 | 1 | 2 | 3): number => (bands[band] * 40_503 + at * 9_973 + band) & 65_535;
    return { bands: [other(0), other(1), other(2), other(3)], fine };
  });

/** Errors: throws when the planner reads the whole table for what the search asks. */
const expectIndexes = async (db: Db): Promise<void> => {
  const asked = ['band0', 'band1', 'band2', 'band3'].map(
    (name) =>
      `select distinct band0, band1, band2, band3 from ${table} where ${name} in (${Array.from({ length: 17 }, (_, at) => at * 3_000).join(', ')}) order by ${name}, band0, band1, band2, band3 limit 20000`,
  );
  for (const one of [...asked, `select id from ${table} where sm3 = 'x'`]) {
    const { rows } = await sql.raw<{ 'QUERY PLAN': string }>(`explain ${one}`).execute(db);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    if (plan.includes('Seq Scan')) throw new Error(`the whole table is read: ${plan}`);
  }
};

const searchAt = async (db: Db, upTo: number, count: number): Promise<readonly Figure[]> => {
  const [took, turned]: [number[], number[]] = [[], []];
  for (const { id, sm3, print } of await usedOnes(db, upTo, count)) {
    const began = performance.now();
    const near = await findNear(db, 'elv', 'another case', print);
    const same = await findSame(db, 'elv', 'another case', sm3);
    took.push(performance.now() - began);
    const turnedFrom = performance.now();
    await findTurned(db, 'elv', 'another case', turnedOf(print));
    turned.push(performance.now() - turnedFrom);
    if (!near.some((one) => one.id === id) || !same.some((one) => one.id === id))
      throw new Error(`${id} was not found`);
  }
  const millions = `${upTo / 1e6} million photographs`;
  return [
    {
      measure: `search of a used photograph among ${millions}, median`,
      value: percentile(took, 50),
      unit: 'ms',
      better: 'lower',
    },
    { measure: `the same, p95`, value: percentile(took, 95), unit: 'ms', better: 'lower', bar: 500 },
    {
      measure: `its seven mirrored and turned prints, p95`,
      value: percentile(turned, 95),
      unit: 'ms',
      better: 'lower',
    },
  ];
};

/** Looking for used photographs among one and ten million, on a database of its own. Source: issue on photographs as evidence; domain 2.6. */
export const measurePhotoSearch = async ({ short }: Bench): Promise<readonly Figure[]> => {
  const folder = throwawayFolder();
  const embedded = await startEmbedded({ dataDir: folder, cacheDir: join(home, '.cache'), durable: !short });
  const { db, close } = openDatabase({ url: embedded.ownerUrl, poolSize: 2 });
  const figures: Figure[] = [];
  try {
    await migrate(db, migrations, new Date());
    let from = 1;
    for (const upTo of short ? [20_000] : [1_000_000, 10_000_000]) {
      await fill(db, from, upTo);
      await expectIndexes(db);
      figures.push(...(await searchAt(db, upTo, short ? 20 : 300)));
      from = upTo + 1;
    }
    return figures;
  } finally {
    await close();
    await embedded.stop();
    discard(folder);
  }
};

const printsOf = async (bytes: Uint8Array) => {
  const { fingerprint, turned } = await lookAt(bytes);
  if (!fingerprint) throw new Error('a picture without a print');
  return { print: fingerprint, turned };
};

const isNear = (one: Fingerprint, other: Fingerprint): boolean =>
  coarseDistance(one.bands, other.bands) <= coarseAtMost && fineDistance(one.fine, other.fine) <= fineAtMost;

/** How surely pictures are known again after this and that, and how many different ones are taken for one another: on made-up vehicles of one yard and struck numbers. */
export const measurePhotoLikeness = async ({ short }: Bench): Promise<readonly Figure[]> => {
  const [each, all] = short ? [3, 12] : [60, 1_000];
  const makers: readonly ((seed: number) => Painted)[] = [(seed) => aVehicleInYard(1, seed), aStruckNumber];
  const known = new Map<string, number>();
  let [pairs, mistaken, turnedMistaken, spent] = [0, 0, 0, 0];
  const count = (name: string, isKnown: boolean): void => {
    known.set(name, (known.get(name) ?? 0) + (isKnown ? 1 : 0));
  };
  for (const make of makers) {
    const prints: Fingerprint[] = [];
    for (let seed = 0; seed < all; seed += 1) {
      const picture = make(seed);
      const bytes = asJpeg(picture);
      const began = performance.now();
      const { print, turned } = await printsOf(bytes);
      spent += performance.now() - began;
      for (const [name, change] of Object.entries(seed < each ? usedAgain : {}))
        count(name, isNear(print, (await printsOf(change(picture))).print));
      for (const [name, change] of Object.entries(seed < each ? turnedOver : {})) {
        const again = await printsOf(asJpeg(change(picture)));
        count(
          name,
          again.turned.some((one) => isNear(print, one)),
        );
      }
      for (const other of prints) {
        mistaken += isNear(print, other) ? 1 : 0;
        turnedMistaken += turned.some((one) => isNear(one, other)) ? 1 : 0;
      }
      pairs += prints.length;
      prints.push(print);
    }
  }
  return [
    ...[...known].map(
      ([name, count]): Figure => ({
        measure: `known again: ${name}`,
        value: (100 * count) / each / makers.length,
        unit: '%',
        better: 'higher',
      }),
    ),
    {
      measure: `different pictures of one yard taken for one another, of ${pairs} pairs`,
      value: mistaken,
      unit: 'pairs',
      better: 'lower',
    },
    {
      measure: `the same, where one of them is mirrored or turned`,
      value: turnedMistaken,
      unit: 'pairs',
      better: 'lower',
    },
    {
      measure: 'looking at a small picture, decoded whole',
      value: spent / all / makers.length,
      unit: 'ms',
      better: 'lower',
    },
  ];
};
