import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  anApplication,
  because,
  successor,
  type WithdrawalPeople,
  withdrawalPeople,
} from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 70_000);
  people = withdrawalPeople(it);
});
afterAll(() => it.close());

/** A withdrawn vehicle that waits for the enterprise its owner chose. */
const offered = async () => {
  const acting = await cases.at('admitted');
  const id = await anApplication(people, acting.id, 'change-enterprise');
  await people.step('clerk1', id, 'submit');
  await people.step('review1', id, 'passInternal');
  expect(await people.step('commission1', id, 'grant')).toBe('awaitingTakeOver');
  return { acting, id };
};

test.each([
  ['takeOver', 'yard-3'],
  ['takeOver', null],
  ['decline', 'yard-3'],
  ['decline', null],
] as const)('R08, R44: %s is refused to %s even where row access lets them through', async (action, organisationId) => {
  const { id } = await offered();
  const result = await it.product.elv.withdrawals.desk.engine.perform({
    caseId: id,
    action,
    input: action === 'decline' ? because : {},
    expectedVersion: undefined,
    stepKey: randomUUID(),
    actor: { id: 'clerk3', name: '别家经办人', organisationId, organisationName: null, ip: '' },
    traceId: 'wrong-yard',
    mayAct: () => true,
  });
  expect(result).toMatchObject({
    outcome: 'refused',
    refusals: [
      {
        why: 'guard',
        path: '',
        message: expect.stringMatching(/^车主选定的接收企业是.*闵行.*，请由该企业经办人办理$/),
      },
    ],
  });
  expect((await people.view('commission1', id)).state).toBe('awaitingTakeOver');
});

test('R08: a vehicle that another enterprise has accepted meanwhile is not taken over, and nothing of it is copied', async () => {
  const { acting, id } = await offered();
  const other = { ...acting.walker, cast: { ...acting.walker.cast, clerk: 'clerk3' } };
  const opened = await it.hands.open('clerk3', randomUUID(), true);
  await fill(other, opened.id, ['papers', 'owner', 'agent']);
  await it.settle();
  await cases.take({ id: opened.id, walker: other }, 'submit');
  await expect(people.step(successor.clerk, id, 'takeOver')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [{ path: '', message: expect.stringMatching(/^该车已于 .+ 由.*嘉定.*受理，不能再接收/) }],
  });
  expect(await people.view('commission1', id)).toMatchObject({ state: 'awaitingTakeOver', successorCase: null });
  // Whoever cannot have it says so, and the withdrawal ends.
  expect(await people.step(successor.clerk, id, 'decline', because)).toBe('declined');
});

test('R08, R44: whoever has declined the vehicle no longer looks at the owner’s papers; whoever took it over does', async () => {
  const contentFor = async (id: string): Promise<number> => {
    const [paper] = (await people.view('commission1', id)).papers;
    const headers = { cookie: (await people.as(successor.clerk)).cookie };
    const url = `${it.url}/api/elv/withdrawals/${id}/papers/${paper?.id}/content`;
    return (await fetch(url, { headers })).status;
  };
  const [declined, taken] = [await offered(), await offered()];
  expect(await contentFor(declined.id)).toBe(200);
  await people.step(successor.clerk, declined.id, 'decline', because);
  await people.step(successor.clerk, taken.id, 'takeOver');
  expect([await contentFor(declined.id), await contentFor(taken.id)]).toEqual([403, 200]);
  const seen = await people.view(successor.clerk, declined.id);
  expect(seen).toMatchObject({ state: 'declined', papers: [{ viewable: false }] });
});
