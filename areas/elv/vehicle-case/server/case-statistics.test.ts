import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openFor } from '#apps/server/demo/walk.ts';
import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { durationStep } from '#practices/case-statistics/model/duration.ts';
import type { CaseStatistics } from '#practices/case-statistics/server/statistics.ts';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { stageOf } from '../model/stages.ts';

// Real here: PostgreSQL, engine, web server, relay, simulators. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let statistics: CaseStatistics;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 700);
  statistics = it.product.elv.statistics;
});
afterAll(() => it.close());

const periods = ['2026-11', '2026-12'];
const figures = () => statistics.figures(everyRow, periods);

/** How many cases rest in each state by the statistics, and by looking at every case. */
const standing = async (): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { place, measure, count } of (await figures()).standing)
    found[place] = (found[place] ?? 0) + (measure === 'state-in' ? count : -count);
  return Object.fromEntries(Object.entries(found).filter(([, count]) => count !== 0));
};
const looked = async (): Promise<Record<string, number>> => {
  const { rows } = await sql<{ state: string; count: string }>`
    select state, count(*) as count from elv.vehicle_case group by state`.execute(it.database.db);
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
};

/** What totals are made of, within some rows, by state and by enterprise; and the same by looking at every case. */
const kept = async (rows: Predicate): Promise<unknown> => {
  const found = await Promise.all([statistics.standing(rows, 'state'), statistics.standing(rows, 'enterprise')]);
  return found.map((some) => some?.filter(({ count }) => count !== 0).toSorted((a, b) => (a.of < b.of ? -1 : 1)));
};
const lookedWithin = (condition: RawBuilder<unknown>): Promise<unknown> =>
  Promise.all(
    ['state', 'enterprise_id'].map(async (column) => {
      const { rows } = await sql`select ${sql.ref(column)} as of, count(*)::integer as count from elv.vehicle_case
        where ${condition} group by 1 order by ${sql.ref(column)} collate "C"`.execute(it.database.db);
      return rows;
    }),
  );

const waiting = async (): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) as count from elv.case_passage`.execute(it.database.db);
  return Number(rows[0]?.count);
};

test('R14: numbers kept with the steps are those of a full recount, before and after they are added up', async () => {
  await cases.at('closed');
  await cases.at('certified');
  await cases.at('dismantling', { clerk: 'clerk2' });
  const returned = await cases.at('entryReview', { clerk: 'clerk3' });
  await cases.take(returned, 'returnEntry');
  expect(await standing()).toEqual(await looked());
  expect(await waiting()).toBeGreaterThan(20);
  const before = await figures();

  expect(await statistics.addUp()).toBeGreaterThan(20);
  expect(await waiting()).toBe(0);
  expect(await standing()).toEqual(await looked());
  const sum = (list: readonly { readonly count: number }[]): number => list.reduce((all, { count }) => all + count, 0);
  const after = await figures();
  expect([sum(after.totals), sum(after.shares)]).toEqual([sum(before.totals), sum(before.shares)]);

  await cases.onTo(returned, 'dismantling');
  // A system may be older than its numbers: until they were counted the first time, the cases themselves are counted.
  expect(await kept(everyRow)).toEqual([undefined, undefined]);
  const { cases: counted, differences } = await statistics.recount();
  expect(differences).toBe(0);
  expect(counted).toBe(4);
});

test('R14, T2.11: totals are exact within any rows, whatever waits to be added up', async () => {
  await statistics.addUp();
  const acting = await cases.at('entryReview', { clerk: 'clerk2' });
  await cases.take(acting, 'returnEntry');
  await cases.at('admitted', { clerk: 'clerk3' });
  expect(await waiting()).toBeGreaterThan(8);
  const some = sql`enterprise_id = 'yard-2' and state in ('intake', 'handedOver', 'entryReview')`;
  const someRows: Predicate = {
    all: [
      { field: 'organisation', in: ['yard-2'] },
      { field: 'state', in: ['intake', 'handedOver', 'entryReview'] },
    ],
  };
  for (const again of [false, true]) {
    if (again) await statistics.addUp();
    expect(await kept(everyRow)).toEqual(await lookedWithin(sql`true`));
    expect(await kept(someRows)).toEqual(await lookedWithin(some));
    expect(await kept({ field: 'district', in: ['310112'] })).toEqual(
      await lookedWithin(sql`district_code = '310112'`),
    );
  }
});

test('R14: durations, too, are what the signed steps say', async () => {
  await statistics.addUp();
  const { rows } = await sql<{ case_id: string; to_state: string; at: Date; opened_at: Date; action: string }>`
    select s.case_id, s.to_state, s.at, c.opened_at, s.action
    from kernel.step s join elv.vehicle_case c on c.id = s.case_id order by s.case_id, s.seq`.execute(it.database.db);
  // Told anew here, the plain way: a stage ends when the next begins.
  const expected: Record<string, number> = {};
  for (const [, steps] of Map.groupBy(rows, ({ case_id }) => case_id)) {
    let since = { stage: '受理', at: steps[0]?.opened_at ?? new Date(0) };
    for (const { to_state, at } of steps) {
      const stage = stageOf(to_state);
      if (stage === since.stage) continue;
      const key = `${since.stage} ${durationStep(Math.floor((at.getTime() - since.at.getTime()) / 1000))}`;
      expected[key] = (expected[key] ?? 0) + 1;
      since = { stage, at };
    }
  }
  const found = (await figures()).totals.filter(({ measure }) => measure === 'stage-out');
  expect(Object.fromEntries(found.map(({ place, step, count }) => [`${place} ${step}`, count]))).toEqual(expected);
});

test('R14: a step sent twice counts once, and one that is refused or rolled back not at all', async () => {
  const acting = await cases.at('entryReview');
  const { hands } = it;
  const before = await waiting();
  const version = await hands.version('commission1', acting.id);
  const key = randomUUID();
  await hands.step('commission1', acting.id, 'passEntry', version, key, { reason: '' });
  await hands.step('commission1', acting.id, 'passEntry', version, key, { reason: '' });
  expect(await waiting()).toBe(before + 1);

  await expect(hands.step('clerk1', acting.id, 'submitDismantling', version + 1, randomUUID(), {})).rejects.toThrow();
  expect(await waiting()).toBe(before + 1);

  await expect(
    inTransaction(it.database.db, async (tx) => {
      const of = { caseId: acting.id, version: 99, enterpriseId: 'yard-1', districtCode: '310115' };
      await statistics.count(tx, of, it.clock.now(), []);
      throw new Error('something after it');
    }),
  ).rejects.toThrow('something after it');
  expect(await waiting()).toBe(before + 1);
  expect(await standing()).toEqual(await looked());
});

test('R14, T2.7: whoever takes a step waits for no other step of the same enterprise, nor for the adding up', async () => {
  const { db } = it.database;
  const opening = (tx: Parameters<CaseStatistics['count']>[0], caseId: string) =>
    statistics.count(tx, { caseId, version: 1, enterpriseId: 'yard-1', districtCode: '310115' }, it.clock.now(), []);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let written = false;
  const slow = inTransaction(db, async (tx) => {
    await opening(tx, 'slow');
    written = true;
    await held;
    throw new Error('given up');
  }).catch((error: unknown) => error);
  await waitUntil(async () => written);
  // The other one comes to its end while the first still stands open; so does the adding up, which passes the open one over.
  await inTransaction(db, (tx) => opening(tx, 'quick'));
  expect(await statistics.addUp()).toBeGreaterThan(0);
  release();
  expect(await slow).toMatchObject({ message: 'given up' });
  // Neither is a case: a recount finds out, and puts it right.
  expect((await statistics.recount()).examples.map(({ measure }) => measure)).toContain('opened');
  expect(await standing()).toEqual(await looked());
});

test('R14, T2.7: while fifty write and two processes add up, nothing is lost and nothing counted twice', async () => {
  await statistics.addUp();
  const opened = async (): Promise<number> =>
    (await figures()).shares
      .filter(({ measure, enterpriseId }) => measure === 'opened' && enterpriseId === 'yard-9')
      .reduce((sum, { count }) => sum + count, 0);
  let writing = true;
  const adding = [1, 2].map(async () => {
    while (writing) await statistics.addUp();
  });
  const seen: number[] = [];
  const watching = (async () => {
    while (writing) seen.push(await opened());
  })();
  const writers = Array.from({ length: 50 }, (_, order) =>
    inTransaction(it.database.db, (tx) =>
      statistics.count(
        tx,
        { caseId: `many-${order}`, version: 1, enterpriseId: 'yard-9', districtCode: null },
        it.clock.now(),
        [],
      ),
    ),
  );
  await Promise.all(writers);
  writing = false;
  await Promise.all([...adding, watching]);
  expect(await opened()).toBe(50);
  // Whoever looked in between never saw fewer than before.
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  await statistics.recount();
  expect(await opened()).toBe(0);
});

test('R14: numbers that were tampered with are found, told as a defect and in the log, and written anew', async () => {
  await statistics.addUp();
  await sql`update elv.case_tally set count = count + 3 where period = 'ever' and place = 'closed'`.execute(
    it.database.db,
  );
  const { differences, examples } = await statistics.recount();
  expect(differences).toBe(1);
  expect(examples).toMatchObject([{ period: 'ever', place: 'closed', count: 1, kept: { count: 4 } }]);
  expect(it.failures.at(-1)).toMatchObject({ message: 'statistics differ from the steps' });
  expect((await statistics.recount()).differences).toBe(0);
  const { rows } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'elv.statistics.recount' order by at desc`.execute(
    it.database.db,
  );
  expect(rows.map(({ detail }) => JSON.parse(detail).differences)).toContain(1);
});

test('R14: numbers of a system older than they are made from its steps, also while people work and others add up', async () => {
  for (const table of ['case_passage', 'case_tally', 'case_recount'])
    await sql`delete from ${sql.table(`elv.${table}`)}`.execute(it.database.ownerDb);
  const told = it.failures.length;
  const [made] = await Promise.all([
    statistics.recount(),
    ...Array.from({ length: 12 }, () => it.hands.open('clerk5', randomUUID(), true)),
    ...Array.from({ length: 6 }, () => statistics.addUp()),
  ]);
  // Every number differs; the first are named.
  expect(made.differences).toBeGreaterThan(20);
  expect(made.examples).toHaveLength(20);
  // That there were none before is no defect.
  expect(it.failures.slice(told)).toEqual([]);
  expect(await standing()).toEqual(await looked());
  expect((await statistics.recount()).differences).toBe(0);
});

test('R14: a case opened by a click and its repetition is one case', async () => {
  const walker = cases.walker({ clerk: 'clerk4' });
  await openFor(walker);
  const key = randomUUID();
  const opened = await Promise.all([1, 2].map(() => it.hands.open('clerk4', key, true)));
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  expect(await standing()).toEqual(await looked());
  expect((await statistics.recount()).differences).toBe(0);
});
