import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyRow } from '#kernel/access/predicate.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { jobsOf } from '#kernel/jobs/jobs.ts';
import { caseStatistics } from '#practices/case-statistics/server/statistics.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { caseFilter } from '../model/vehicle-case.contract.ts';
import { vehicleCaseStatistics } from '../model/vehicle-case.statistics.ts';
import { openStates } from './case-line.ts';
import { listCases } from './case-page.store.ts';
import { countedCases } from './counted-cases.store.ts';
import { keptOfList } from './kept-of-list.ts';

// Real: PostgreSQL, with two connections for everybody. Made up: the clock.

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
  await caseFactory(it, 765).at('admitted');
});
afterAll(() => it.close());

test.each([
  ['near', 1, 1],
  ['far back', 60, 0],
])(
  'T2.2: a crowd that lists a page %s is answered by few connections, whether the numbers were ever counted or not',
  async (_, page, rows) => {
    const { db, close } = openDatabase({ url: it.database.url, poolSize: 2, connectionWaitMs: 5_000 });
    const { clock } = it;
    const onFailure = (error: unknown): void => expect.fail(String(error));
    const statistics = caseStatistics({
      db,
      clock,
      jobs: jobsOf({ clock, onFailure }),
      onFailure,
      profile: vehicleCaseStatistics,
      schema: 'elv',
      cases: countedCases,
    });
    const filter = caseFilter.parse({ page });
    const scope = { rows: everyRow, work: [], openStates, now: clock.now() };
    const crowd = () =>
      Promise.all(
        Array.from({ length: 6 }, () => listCases(db, it.crypto, filter, scope, keptOfList(statistics, filter, scope))),
      );
    const told = async () => (await crowd()).map((list) => [list.rows.length, list.total]);
    const all = Array.from({ length: 6 }, () => [rows, 1]);
    expect(await told()).toEqual(all);
    await statistics.recount();
    expect(await told()).toEqual(all);
    await close();
  },
);
