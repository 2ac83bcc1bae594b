import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  anApplication,
  aReportedCase,
  because,
  type WithdrawalPeople,
  withdrawalPeople,
} from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP. Made up: the clock, and the moment the police find out.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 55_000);
  people = withdrawalPeople(it);
});
afterAll(() => it.close());

const frozen = '案卷现在不能办理：涉嫌盗抢或在案，已冻结并须向公安报告';

/** The police find out that the vehicle was stolen, at this very moment. */
const freeze = async (caseId: string): Promise<void> => {
  const { outcome } = await it.product.elv.desk.engine.perform({
    caseId,
    action: 'freeze',
    input: { reason: '涉嫌盗抢，请勿处置车辆' },
    expectedVersion: undefined,
    stepKey: randomUUID(),
    actor: { id: 'system:police', name: '公安', organisationId: null, organisationName: null, ip: '' },
    traceId: 'frozen',
    mayAct: () => true,
  });
  expect(outcome).toBe('done');
};
const stateOf = async (id: string): Promise<string> => (await people.view('commission1', id)).state;

test('R09: a vehicle that is frozen is not withdrawn, neither before the application nor after it, and is once it is lifted', async () => {
  const acting = await cases.at('confirming');
  await freeze(acting.id);
  await expect(people.open('clerk1', acting.id)).rejects.toMatchObject({
    code: 'NOT_POSSIBLE',
    problems: [{ message: frozen }],
  });
  await cases.take(acting, 'liftFreeze');
  const id = await anApplication(people, acting.id, 'stop');
  await people.step('clerk1', id, 'submit');
  await freeze(acting.id);
  const offered = (await people.view('review1', id)).abilities.find(({ action }) => action === 'passInternal');
  expect(offered).toMatchObject({ ready: false, missing: [{ message: frozen }] });
  await expect(people.step('review1', id, 'passInternal')).rejects.toMatchObject({ code: 'REFUSED' });
  await cases.take(acting, 'liftFreeze');
  expect(await people.step('review1', id, 'passInternal')).toBe('granted');
});

test('R09: a frozen vehicle stays frozen when its withdrawal is refused', async () => {
  const { id: caseId } = await cases.at('confirming');
  const id = await anApplication(people, caseId, 'stop');
  await people.step('clerk1', id, 'submit');
  await freeze(caseId);
  await people.step('review1', id, 'refuseInternal', because);
  expect(await factsOfCase(it.database.db, caseId)).toMatchObject({ state: 'confirming', holds: 'frozen' });
});

test('R09, R57: the national system’s yes about a vehicle that was frozen meanwhile is taken when it is free again', async () => {
  const acting = await aReportedCase(it, cases);
  const id = await anApplication(people, acting.id, 'stop');
  await people.step('clerk1', id, 'submit');
  await people.step('review1', id, 'passInternal');
  await people.step('commission1', id, 'grant');
  await freeze(acting.id);
  await it.settle();
  expect(await stateOf(id)).toBe('withdrawingNationally');
  await cases.take(acting, 'liftFreeze');
  await it.settle();
  expect(await stateOf(id)).toBe('granted');
  expect(it.failures).toEqual([]);
});

test('R09, R57: that yes is kept: a national system that would refuse the repetition is not asked again', async () => {
  const acting = await aReportedCase(it, cases);
  const id = await anApplication(people, acting.id, 'stop');
  await people.step('clerk1', id, 'submit');
  await people.step('review1', id, 'passInternal');
  await people.step('commission1', id, 'grant');
  await freeze(acting.id);
  await it.settle();
  const again = { system: 'national-circulation', exchange: 'withdraw-scrap-case', times: 9 } as const;
  await it.outside.script({ ...again, fault: { kind: 'refuse', code: '4222', message: '登记单已撤销' } });
  for (let turn = 0; turn < 3; turn += 1) {
    it.clock.advance(601_000);
    await it.settle();
    expect(await stateOf(id)).toBe('withdrawingNationally');
  }
  await cases.take(acting, 'liftFreeze');
  it.clock.advance(601_000);
  await it.settle();
  expect(await stateOf(id)).toBe('granted');
  expect(it.failures).toEqual([]);
});
