import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { markTrial } from '#kernel/db/trial.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { putMasterKey } from '#testkit/kept-product.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { generate, type Makers, type Wish } from './generate.ts';
import { makersApart } from './makers-apart.ts';

// Real here: PostgreSQL, the program that makes cases as it is forked. Made up: all the cases.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const now = new Date('2026-11-23T02:00:00Z');
/** Two stretches of those of which everything is made, and one of the others. */
const wish: Wish = { cases: 150, years: 1, history: 110, lot: 'apart', now };
const root = mkdtempSync(join(tmpdir(), 'hushang-makers-'));

let here: TestDatabase;
let apart: TestDatabase;
beforeAll(async () => {
  putMasterKey(root, 7);
  [here, apart] = [await aDatabase(migrations), await aDatabase(migrations)];
  for (const { ownerDb } of [here, apart]) await markTrial(ownerDb, now);
});
afterAll(async () => {
  for (const one of [here, apart]) await one.close();
  rmSync(root, { recursive: true, force: true });
});

const made = async ({ db }: TestDatabase, makers?: Makers, asked = wish): Promise<number> => {
  let all = 0;
  const tell = (count: number) => {
    all = count;
  };
  const { crypto } = softwareEdition(db, Buffer.alloc(32, 7), clockAt(now.toISOString()));
  await generate(db, crypto, asked, tell, undefined, makers);
  return all;
};

/** What is the same wherever it is made: not what was sealed, nor signatures. */
const compared = {
  cases: `select id, case_no, state, opened_at, opened_by, vin, owner_name, owner_identity_index, deadline_at from elv.vehicle_case order by id`,
  steps: `select case_id, seq, actor_id, digest, signature is null as unsigned from kernel.step order by case_id, seq`,
  log: `select chain, seq, digest from kernel.audit_entry where chain like 'elv.vehicle-case:%' order by chain, seq`,
  messages: `select id, idem_key, body_digest from kernel.outbox order by id`,
  numbers: `select * from elv.case_tally order by period, measure, place, enterprise_id, district_code, step`,
  given: `select * from elv.case_counter order by day`,
} as const;

const rowsOf = async ({ db }: TestDatabase, query: string): Promise<readonly unknown[]> =>
  (await sql.raw(query).execute(db)).rows;

test('T2.11: a lot is the same cases by however many processes they are made, and nobody is given two certificates', async () => {
  const { PATH = '' } = process.env;
  const env = { PATH, MODE: 'demo', DATA_DIR: root };
  expect(await made(here)).toBe(wish.cases);
  expect(await made(apart, (line) => makersApart(apart.url, line, 2, env))).toBe(wish.cases);
  for (const query of Object.values(compared)) {
    const rows = await rowsOf(here, query);
    expect(rows.length).toBeGreaterThan(50);
    expect(await rowsOf(apart, query)).toEqual(rows);
  }
  expect((await rowsOf(apart, "select distinct chain from kernel.audit_entry where chain like 'elv.v%'")).length).toBe(
    wish.history,
  );
  const twice = 'select owner_id from kernel.signing_certificate group by owner_id having count(*) > 1';
  expect(await rowsOf(apart, twice)).toEqual([]);
  // Another lot's papers have other numbers, which messages are known by.
  expect(await made(here, undefined, { ...wish, cases: 50, history: 50, lot: 'more' })).toBe(50);
});

test('T2.11: what a process could not write is told, and no other goes on for it', async () => {
  const { ownerDb, url } = apart;
  await sql`create function public.refuse() returns trigger language plpgsql as 'begin raise exception ''no room''; end'`.execute(
    ownerDb,
  );
  await sql`create trigger refuse before insert on kernel.outbox execute function public.refuse()`.execute(ownerDb);
  const { PATH = '' } = process.env;
  const env = { PATH, MODE: 'demo', DATA_DIR: root };
  const { crypto } = softwareEdition(apart.db, Buffer.alloc(32, 7), clockAt(now.toISOString()));
  const more = { ...wish, lot: 'refused' };
  await expect(
    generate(
      apart.db,
      crypto,
      more,
      () => undefined,
      undefined,
      (line) => makersApart(url, line, 2, env),
    ),
  ).rejects.toThrow('no room');
});
