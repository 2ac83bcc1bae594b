import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anApplication, because, type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server over HTTP, withdrawals, relay, simulators. Made up: the clock, and the moment the police find out.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

// A Monday, so that working days can be counted on the fingers.
const monday = '2026-11-23T02:00:00Z';
const dayMs = 86_400_000;

beforeAll(async () => {
  it = await aProduct(monday);
  cases = caseFactory(it, 71_000);
  people = withdrawalPeople(it);
});
afterAll(() => it.close());

const commission = async () => (await it.hands.as('commission1')).cases;
const mine = async (): Promise<readonly string[]> =>
  (await (await commission()).list({ mine: 'true', state: ['confirming'], size: 100 })).rows.map(({ id }) => id);
const counted = async () => {
  const { mine: waits, states, held } = await (await commission()).summary({});
  const there = states.find(({ state }) => state === 'confirming')?.count ?? 0;
  return {
    waits: waits.find(({ state }) => state === 'confirming')?.count ?? 0,
    overdue: waits.find(({ state }) => state === 'confirming')?.overdue ?? 0,
    there,
    held: Object.fromEntries(held.map(({ code, count }) => [code, count])),
  };
};
const rowOf = async ({ id }: ActingCase) =>
  (await (await commission()).list({ state: ['confirming'], size: 100 })).rows.find((row) => row.id === id);
const deadlineOf = async ({ id }: ActingCase) => (await it.hands.view('commission1', id)).deadlineAt;

const freeze = async (caseId: string): Promise<void> => {
  const { outcome } = await it.product.elv.desk.engine.perform({
    caseId,
    action: 'freeze',
    input: { reason: '涉嫌盗抢，请勿处置车辆' },
    expectedVersion: undefined,
    stepKey: randomUUID(),
    actor: { id: 'system:police', name: '公安', organisationId: null, organisationName: null, ip: '' },
    traceId: 'held',
    mayAct: () => true,
  });
  expect(outcome).toBe('done');
};

test('R08, R09: a case under a withdrawal is nobody’s next, says so in lists, is not overdue, and its period runs on afterwards', async () => {
  const acting = await cases.at('confirming');
  const other = await cases.at('confirming');
  const before = await deadlineOf(acting);
  const due = new Date(before ?? '');
  expect(await mine()).toEqual(expect.arrayContaining([acting.id, other.id]));
  const free = await counted();

  const id = await anApplication(people, acting.id, 'stop');
  await people.step('clerk1', id, 'submit');
  it.clock.advance(14 * dayMs);
  expect(await mine()).not.toContain(acting.id);
  expect(await counted()).toMatchObject({
    waits: free.waits - 1,
    overdue: free.waits - 1,
    there: free.there,
    held: { withdrawal: 1, frozen: 0 },
  });
  expect(await rowOf(acting)).toMatchObject({
    deadlineAt: null,
    overdue: false,
    holds: [{ code: 'withdrawal', title: '撤销办理中' }],
    actions: [],
  });
  const held = await (await commission()).list({ held: 'withdrawal' });
  expect(held.rows.map((row) => row.id)).toEqual([acting.id]);
  expect((await (await commission()).list({ overdue: 'true', size: 100 })).rows.map((row) => row.id)).not.toContain(
    acting.id,
  );

  // A case that was passed leads to the other one, never to the one that is held.
  const third = await cases.at('confirming');
  const caller = await it.hands.as('commission1');
  const version = await it.hands.version('commission1', third.id);
  const done = await caller.step('confirm', { id: third.id, version, key: randomUUID(), input: {} });
  expect(done).toMatchObject({ state: 'admitted', nextCaseId: other.id });

  await people.step('review1', id, 'refuseInternal', because);
  // Fourteen days of standing still are ten working days.
  expect(await deadlineOf(acting)).toBe(new Date(due.getTime() + 14 * dayMs).toISOString());
  expect(await rowOf(acting)).toMatchObject({
    overdue: false,
    holds: [],
    actions: expect.arrayContaining(['确认允许报废']),
  });
  expect(await mine()).toContain(acting.id);
});

test('R01, R09: a case held twice runs on when the last hold is lifted, by all the days it stood still', async () => {
  const acting = await cases.at('confirming');
  const due = new Date((await deadlineOf(acting)) ?? '');
  const id = await anApplication(people, acting.id, 'stop');
  await people.step('clerk1', id, 'submit');
  it.clock.advance(7 * dayMs);
  await freeze(acting.id);
  expect((await rowOf(acting))?.holds.map(({ title }) => title).sort()).toEqual(['已冻结', '撤销办理中']);
  it.clock.advance(7 * dayMs);
  await people.step('review1', id, 'refuseInternal', because);
  expect([await deadlineOf(acting), (await rowOf(acting))?.overdue]).toEqual([null, false]);
  expect((await counted()).held).toMatchObject({ frozen: 1 });
  it.clock.advance(7 * dayMs);
  await cases.take(acting, 'liftFreeze');
  expect(await deadlineOf(acting)).toBe(new Date(due.getTime() + 21 * dayMs).toISOString());
});

test('R08: who waits for what of a held case stands on its page, with since when its period stands still', async () => {
  const acting = await cases.at('entryReview');
  await freeze(acting.id);
  const since = it.clock.now().toISOString();
  expect(await it.hands.view('commission1', acting.id)).toMatchObject({
    deadlineAt: null,
    heldSince: since,
    waitingFor: expect.stringContaining('解除冻结'),
  });
  await cases.take(acting, 'liftFreeze');
  expect(await it.hands.view('commission1', acting.id)).toMatchObject({
    heldSince: null,
    deadlineAt: expect.any(String),
  });
});
