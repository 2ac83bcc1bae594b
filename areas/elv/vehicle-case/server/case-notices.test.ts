import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ActingCase, type CaseFactory, caseFactory, someReason } from '#testkit/case-factory.ts';
import { titlesTold } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 52_000);
  people = withdrawalPeople(it);
});
afterAll(() => it.close());

/** What somebody was told of a case, the oldest first. */
const toldOf = async (who: string, { id }: ActingCase): Promise<readonly string[]> =>
  titlesTold(it, (await people.as(who)).cookie, id);

test('R02: the people of the yard hear that a case came back, once, and those of another yard do not', async () => {
  const acting = await cases.at('deskReview', { kind: 'D' });
  const version = await it.hands.version('desk1', acting.id);
  const key = randomUUID();
  // Refused: a reason is missing. Nothing has happened, so nobody is told.
  await expect(it.hands.step('desk1', acting.id, 'returnDesk', version, randomUUID(), {})).rejects.toThrow();
  expect(await toldOf('clerk1', acting)).toEqual([]);
  for (let again = 0; again < 2; again += 1)
    await it.hands.step('desk1', acting.id, 'returnDesk', version, key, { reason: someReason });
  expect(await toldOf('clerk1', acting)).toEqual(['案卷被退回']);
  expect(await toldOf('clerk1b', acting)).toEqual(['案卷被退回']);
  expect(await toldOf('clerk2', acting)).toEqual([]);
  expect(await toldOf('desk1', acting)).toEqual([]);
});

test('R02: a refusal is told', async () => {
  const acting = await cases.at('deskReview', { kind: 'D' });
  await cases.take(acting, 'refuse');
  expect(await toldOf('clerk1', acting)).toEqual(['不予报废']);
});

test('R06, R07: both certificates are told as they arrive from the national system', async () => {
  const acting = await cases.at('certified');
  expect(await toldOf('clerk1', acting)).toEqual(['回收证明已出具']);
  await cases.onTo(acting, 'deregistered');
  expect(await toldOf('clerk1', acting)).toEqual(['回收证明已出具', '注销证明已取得']);
});
