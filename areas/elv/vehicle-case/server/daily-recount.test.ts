import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { jobsOf } from '#kernel/jobs/jobs.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { CountedCases } from '#practices/case-statistics/server/statistics.parts.ts';
import { type CaseStatistics, caseStatistics } from '#practices/case-statistics/server/statistics.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { vehicleCaseStatistics } from '../model/vehicle-case.statistics.ts';
import { countedCases } from './counted-cases.store.ts';

// Real here: PostgreSQL, engine, web server, relay, simulators. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let statistics: CaseStatistics;

beforeAll(async () => {
  it = await aProduct();
  statistics = it.product.elv.statistics;
  const cases = caseFactory(it, 760);
  await cases.at('admitted');
  await cases.at('deskReview', { kind: 'D', clerk: 'clerk2' });
  // There are numbers already.
  await statistics.recount();
});
afterAll(() => it.close());

/** The statistics as another process has them. */
const inAnotherProcess = (counted: CountedCases, onFailure: (error: unknown) => void): CaseStatistics => {
  const { clock } = it;
  const { db } = it.database;
  const jobs = jobsOf({ clock, onFailure });
  return caseStatistics({
    db,
    clock,
    jobs,
    onFailure,
    profile: vehicleCaseStatistics,
    schema: 'elv',
    cases: counted,
  });
};
const comparedToday = async (): Promise<boolean> =>
  (await statistics.lastRecount())?.day === shanghaiDay(it.clock.now());

const waiting = async (): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) as count from elv.case_passage`.execute(it.database.db);
  return Number(rows[0]?.count);
};

test('R14: by itself the numbers are added up, and compared once a day, by one process of several', async () => {
  const comparisons = async (): Promise<number> => {
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from kernel.audit_entry where action = 'elv.statistics.recount'`.execute(it.database.db);
    return Number(rows[0]?.count);
  };
  const before = await comparisons();
  // The next day, past the hour.
  it.clock.advance(24 * 3_600_000);
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => {
    failures.push(error);
  };
  const several = [1, 2, 3].map(() => inAnotherProcess(countedCases, onFailure));
  for (const one of several) one.start();
  await waitUntil(async () => (await comparisons()) > before && (await waiting()) === 0);
  await Promise.all(several.map((one) => one.stop()));
  expect(await comparisons()).toBe(before + 1);
  expect(failures).toEqual([]);
  expect(await several[0]?.lastRecount()).toMatchObject({ differences: 0 });
});

test('R14: a comparison that failed is made again the same day, not at once and not never', async () => {
  it.clock.advance(24 * 3_600_000);
  const failures: unknown[] = [];
  let asked = 0;
  const broken: CountedCases = {
    ...countedCases,
    enterprises: async (db) => {
      asked += 1;
      if (asked === 1) throw new Error('the database was away');
      return countedCases.enterprises(db);
    },
  };
  const one = inAnotherProcess(broken, (error) => failures.push(error));
  one.start();
  await waitUntil(async () => failures.length === 1);
  await one.stop();
  // Another one looks, too early.
  const other = inAnotherProcess(broken, (error) => failures.push(error));
  other.start();
  await other.stop();
  expect(await comparedToday()).toBe(false);
  it.clock.advance(61 * 60_000);
  const late = inAnotherProcess(broken, (error) => failures.push(error));
  late.start();
  await waitUntil(comparedToday);
  await late.stop();
  expect(failures).toMatchObject([{ message: 'the database was away' }]);
  expect(asked).toBe(2);
});

test('R14: whoever stops waits for one enterprise, not for all, and the next to start compares at once', async () => {
  it.clock.advance(24 * 3_600_000);
  const failures: unknown[] = [];
  const asked: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow: CountedCases = {
    ...countedCases,
    of: async (db, enterpriseId, after, most) => {
      asked.push(enterpriseId);
      await held;
      return countedCases.of(db, enterpriseId, after, most);
    },
  };
  expect((await countedCases.enterprises(it.database.db)).length).toBeGreaterThan(1);
  const one = inAnotherProcess(slow, (error) => failures.push(error));
  one.start();
  await waitUntil(async () => asked.length === 1);
  const stopped = one.stop();
  release();
  await stopped;
  expect([asked.length, await comparedToday()]).toEqual([1, false]);
  const next = inAnotherProcess(countedCases, (error) => failures.push(error));
  next.start();
  await waitUntil(comparedToday);
  await next.stop();
  expect(failures).toEqual([]);
});
