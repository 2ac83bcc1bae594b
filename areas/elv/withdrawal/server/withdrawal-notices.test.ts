import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { titlesTold } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anApplication, because, type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engines, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let withdrawals: WithdrawalPeople;
let cases: CaseFactory;

beforeAll(async () => {
  it = await aProduct();
  withdrawals = withdrawalPeople(it);
  cases = caseFactory(it, 61_000);
});
afterAll(() => it.close());

const told = async (who: string, id: string): Promise<readonly string[]> =>
  titlesTold(it, (await withdrawals.as(who)).cookie, id);

test('R08, R09: the enterprise hears of the decision, the one the owner chose of the vehicle, and nobody else of either', async () => {
  const { id: caseId } = await cases.at('admitted');
  const id = await anApplication(withdrawals, caseId, 'change-enterprise');
  await withdrawals.step('clerk1', id, 'submit');
  await withdrawals.step('review1', id, 'passInternal');
  expect([await told('clerk1', id), await told('clerk2', id)]).toEqual([[], []]);
  await withdrawals.step('commission1', id, 'grant');
  expect(await told('clerk1', id)).toEqual(['准予撤销']);
  expect(await told('clerk2', id)).toEqual(['有车辆待接收']);
  expect(await told('clerk3', id)).toEqual([]);
  await withdrawals.step('clerk2', id, 'decline', because);
  expect(await told('clerk1', id)).toEqual(['准予撤销', '新企业未接收']);
  expect(await told('clerk2', id)).toEqual(['有车辆待接收']);
});

test('R09: a refusal is told', async () => {
  const { id: caseId } = await cases.at('admitted');
  const id = await anApplication(withdrawals, caseId, 'stop');
  await withdrawals.step('clerk1', id, 'submit');
  await withdrawals.step('review1', id, 'refuseInternal', because);
  expect(await told('clerk1', id)).toEqual(['不予撤销']);
});
