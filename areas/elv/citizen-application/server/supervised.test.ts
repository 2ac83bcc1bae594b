import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyFor } from '#apps/server/demo/citizen-walk.ts';
import { applyingAsAgent, citizenAs, clerkOf, type OfferedCaller } from '#testkit/citizen-hands.ts';
import { holdOnly } from '#testkit/people.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real here: PostgreSQL, web server, the simulated one-stop service. Made up: the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
let waiting: string;
let declined: string;
let elsewhere: string;
const applying = applyingAsAgent(46_001, 'yard-1');
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
  const citizen = await citizenAs(it, 'osp-1003');
  waiting = (await applyFor(citizen, applying)).id;
  declined = (await applyFor(citizen, applyingAsAgent(46_002, 'yard-1'))).id;
  const clerk1 = await clerkOf(it, 'clerk1');
  const { version } = await clerk1.offered.get({ id: declined });
  const input = { reason: '场地已满，近期不能接收' };
  await clerk1.steps.decline({ id: declined, version, key: randomUUID(), input });
  it.clock.advance(8 * 86_400_000);
  elsewhere = (await applyFor(await citizenAs(it, 'osp-1003'), applyingAsAgent(46_003, 'yard-2'))).id;
});
afterAll(() => it.close());

const idsOf = async (who: OfferedCaller, filter = {}) => (await who.offered.list(filter)).rows.map(({ id }) => id);

test.each(['commission1', 'observer1'])(
  'R44, R62: %s looks at applications of every enterprise, by state, enterprise and waiting time, and takes none',
  async (who) => {
    const desk = await clerkOf(it, who);
    expect(await idsOf(desk)).toEqual([elsewhere, declined, waiting]);
    expect(await idsOf(desk, { state: 'declined' })).toEqual([declined]);
    expect(await idsOf(desk, { enterpriseId: 'yard-1' })).toEqual([waiting]);
    expect(await idsOf(desk, { waitedDays: 7 })).toEqual([declined, waiting]);
    expect(await idsOf(desk, { waitedDays: 7, state: 'submitted', enterpriseId: 'yard-2' })).toEqual([]);
    const known = (await desk.offered.enterprises({})).map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(['yard-1', 'yard-2', 'yard-8']));
    const { rows } = await desk.offered.list({ enterpriseId: 'yard-2' });
    expect(rows[0]?.enterpriseName).toContain('闵行');
    const view = await desk.offered.get({ id: waiting });
    expect(view.abilities).toEqual([]);
    const shown = JSON.stringify(view);
    for (const secret of [applying.vehicle.owner.identityNo, applying.vehicle.owner.phone])
      expect(shown).not.toContain(secret);
    expect(view.photos.filter(({ viewable }) => viewable)).toEqual([]);
    expect((await desk.offered.get({ id: declined })).declineReason).toBe('场地已满，近期不能接收');
    const { version } = view;
    await expect(desk.steps.accept({ id: waiting, version, key: randomUUID(), input: {} })).rejects.toMatchObject({
      status: 403,
    });
  },
);

test('R44: an officer of a district sees the applications at the enterprises of that district; whoever reads none gets none', async () => {
  const rows = { where: { field: 'district', in: ['310112'] } } as const;
  await holdOnly(it, 'demo-observer1', [{ permission: 'elv.citizen-application:read', rows, personal: 'masked' }]);
  const officer = await clerkOf(it, 'observer1');
  expect(await idsOf(officer)).toEqual([elsewhere]);
  expect((await officer.offered.enterprises({})).map(({ id }) => id)).toEqual(['yard-2']);
  expect((await officer.offered.get({ id: elsewhere })).state).toBe('submitted');
  for (const id of [waiting, declined])
    await expect(officer.offered.get({ id })).rejects.toMatchObject({ status: 404 });
  await expect(idsOf(await clerkOf(it, 'desk1'))).rejects.toMatchObject({ status: 403 });
  // An enterprise goes on seeing its own alone, and nothing that it did not take.
  const clerk1 = await clerkOf(it, 'clerk1');
  expect(await idsOf(clerk1)).toEqual([waiting]);
  expect(await idsOf(clerk1, { enterpriseId: 'yard-2' })).toEqual([]);
});

test('T2.11, R62: a list is counted up to ten thousand and then says there are more', async () => {
  await sql`
    insert into elv.citizen_application (id, application_no, citizen_id, open_key, lifecycle_version, state, version, round, enterprise_id, opened_at,
      state_since, record, by_agent)
    select 'many ' || n, 'many ' || n, citizen_id, 'many ' || n, lifecycle_version, 'accepted', version, round, enterprise_id, opened_at, state_since,
      record, by_agent
    from elv.citizen_application, generate_series(1, 10001) as n where id = ${waiting}`.execute(it.database.ownerDb);
  const { offered } = await clerkOf(it, 'commission1');
  expect(await offered.list({ size: 1 })).toMatchObject({ total: 10_000, more: true });
  expect(await offered.list({ state: 'accepted', size: 1 })).toMatchObject({ total: 10_000, more: true });
  expect((await offered.list({ page: 100, size: 100 })).rows).toHaveLength(100);
  expect((await offered.list({ page: 101, size: 100 })).rows).toEqual([]);
  expect(await offered.list({ state: 'submitted', size: 1 })).toMatchObject({ total: 2, more: false });
});
