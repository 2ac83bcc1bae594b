import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { markTrial } from '#kernel/db/trial.store.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { generate, type Wish } from './generate.ts';
import { ensureTrialPeople } from './people.ts';

// Real here: PostgreSQL, the web server, permissions, signatures. Made up: the clock, and all the cases.

vi.setConfig({ hookTimeout: 120_000 });

const now = new Date('2026-11-23T02:00:00Z');
const wish: Wish = { cases: 460, years: 1, history: 60, lot: 'whole', now };

let it: ServedProduct;
beforeAll(async () => {
  it = await aServedProduct(now.toISOString());
  await markTrial(it.database.ownerDb, now);
  await ensureTrialPeople(it.database.db, it.product.accessList, 'Demo-2026!', now);
  const copied = { times: 10, steps: true, ownerDb: it.database.ownerDb };
  await generate(it.database.db, it.product.crypto, { ...wish, copied });
});
afterAll(() => it.close());

test('T2.11, T5.6: of the newest everything is there: photographs, messages, checks, signatures that verify, and a log that does', async () => {
  const { rows: all } = await sql<{ id: string; state: string }>`
    select id, state from elv.vehicle_case order by id`.execute(it.database.db);
  const newest = all.slice(-wish.history);
  // The older ones are forty and their copies, but for those that have not ended.
  expect(all.length).toBeGreaterThan(wish.cases / 2);
  expect(await it.product.elv.statistics.recount()).toMatchObject({ cases: all.length, differences: 0 });
  const api = it.client(vehicleCaseContract, await it.signIn('commission1'));
  const closed = newest.find(({ state }) => state === 'closed');
  if (!closed) throw new Error('one of the newest is closed');
  const { timeline, photos, slots, exchanges, checks } = await api.get({ id: closed.id });
  expect(slots.filter(({ part, required }) => required && !photos.some((one) => one.part === part))).toEqual([]);
  expect(timeline.filter(({ signature }) => signature !== null).length).toBeGreaterThan(5);
  expect(timeline.filter(({ signature, verified }) => signature !== null && verified !== true)).toEqual([]);
  expect(exchanges.filter(({ status }) => status !== 'answered')).toEqual([]);
  expect(exchanges.map(({ title }) => title).sort()).toEqual(
    ['号牌销毁确认', '回收信息告知', '实名核验', '实名核验', '报废车辆信息上报', '注销信息上报'].concat([
      '车辆与所有人一致性比对',
      '车辆状态与登记信息查询',
      '重复受理查询',
    ]),
  );
  expect(checks.length).toBeGreaterThan(2);
  for (const { id } of newest)
    expect(await verifyChain(it.database.db, `elv.vehicle-case:${id}`)).toMatchObject({ intact: true });
  const { rows: told } = await sql<{ about: string }>`
    select distinct about_id as about from kernel.audit_entry where object_type = 'elv.vehicle-case'`.execute(
    it.database.ownerDb,
  );
  expect(told.map(({ about }) => about).sort()).toEqual(newest.map(({ id }) => id).sort());
});
