import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  anApplication,
  aReportedCase,
  because,
  successor,
  type WithdrawalPeople,
  withdrawalPeople,
} from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated national system over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 180_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 50_000);
  people = withdrawalPeople(it);
});
afterEach(async () => {
  it.patienceSeconds = undefined;
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
});
afterAll(() => it.close());

/** A withdrawal the commission has granted; the national system has been asked and has not answered. */
const asked = async (kind: 'stop' | 'change-enterprise' = 'stop') => {
  const { id: caseId } = await aReportedCase(it, cases);
  const id = await anApplication(people, caseId, kind);
  await people.step('clerk1', id, 'submit');
  await people.step('review1', id, 'passInternal');
  expect(await people.step('commission1', id, 'grant')).toBe('withdrawingNationally');
  return { id, caseId };
};
const stateOf = async (id: string): Promise<string> => (await people.view('commission1', id)).state;
const caseOf = (id: string) => factsOfCase(it.database.db, id);
const script = (fault: Parameters<typeof it.outside.script>[0]['fault'], times = 1): Promise<void> =>
  it.outside.script({ system: 'national-circulation', exchange: 'withdraw-scrap-case', times, fault });

describe('R09, R57: what was reported is withdrawn nationally first', () => {
  test('only its answer completes the withdrawal, and the vehicle is free there too', async () => {
    const { id, caseId } = await asked('change-enterprise');
    expect(await caseOf(caseId)).toMatchObject({ state: 'dismantling', holds: 'withdrawal' });
    const waiting = await people.view('commission1', id);
    expect(waiting).toMatchObject({ stateKind: 'wait', waitingFor: '全国汽车流通信息管理系统应答', reported: true });
    expect(waiting.exchanges).toMatchObject([{ title: '撤销报废上报', status: 'waiting' }]);
    expect(waiting.abilities).toEqual([]);
    await it.settle();
    expect(await stateOf(id)).toBe('awaitingTakeOver');
    expect((await caseOf(caseId)).state).toBe('withdrawn');
    expect(await people.step(successor.clerk, id, 'takeOver')).toBe('handedOn');
  });

  test.each([
    ['late', { kind: 'late', ms: 300 }],
    ['twice', { kind: 'twice' }],
    ['cut off', { kind: 'down' }],
    ['throttled', { kind: 'throttled', retryAfterSeconds: 1 }],
    ['garbled', { kind: 'garbled', how: 'schema' }],
    ['signed by nobody', { kind: 'garbled', how: 'signature' }],
    ['done but unanswered', { kind: 'timed-out-but-done' }],
  ] as const)('an answer that comes %s is never taken for a no, and is taken once', async (_, fault) => {
    await script(fault);
    const { id, caseId } = await asked();
    // Only now: what is answered on the way there is waited for on a busy machine too.
    it.patienceSeconds = 0.3;
    await it.settle();
    for (let tries = 0; tries < 4 && (await stateOf(id)) !== 'granted'; tries += 1) await it.settle();
    expect(await stateOf(id)).toBe('granted');
    expect((await caseOf(caseId)).steps.filter(({ action }) => action === 'withdraw')).toHaveLength(1);
    expect(it.failures).toEqual([]);
  });

  test('no answer at all: the withdrawal waits in sight, the case stays held, and the commission may have it sent again', async () => {
    await script({ kind: 'never' }, 1_000);
    const { id, caseId } = await asked();
    it.patienceSeconds = 0.1;
    for (let hours = 0; hours < 40; hours += 1) await it.settle();
    const view = await people.view('commission1', id);
    expect(view).toMatchObject({
      state: 'withdrawingNationally',
      exchanges: [{ status: 'needs-person', retryable: true }],
    });
    expect(await caseOf(caseId)).toMatchObject({ state: 'dismantling', holds: 'withdrawal' });
    expect((await people.view('clerk1', id)).exchanges).toMatchObject([{ retryable: false }]);
    await it.outside.desk('DELETE', '/faults');
    it.patienceSeconds = undefined;
    const [exchange] = view.exchanges;
    const { withdrawals } = await people.as('commission1');
    await withdrawals.retryExchange({ id, exchangeId: exchange?.id ?? '' });
    await it.settle();
    expect(await stateOf(id)).toBe('granted');
    const again = withdrawals.retryExchange({ id, exchangeId: exchange?.id ?? '' });
    await expect(again).rejects.toMatchObject({ code: 'NOT_WAITING' });
  });

  test('a refusal comes back to the commission, who asks again or lets the case go on', async () => {
    await script({ kind: 'refuse', code: '4221', message: '登记单正在复核' }, 2);
    const { id, caseId } = await asked();
    await it.settle();
    expect(await people.view('commission1', id)).toMatchObject({
      state: 'nationalRefused',
      refusalReason: '全国系统（4221）：登记单正在复核',
    });
    expect((await caseOf(caseId)).holds).toBe('withdrawal');
    await people.step('commission1', id, 'resendNational');
    await it.settle();
    expect(await stateOf(id)).toBe('nationalRefused');
    await people.step('commission2', id, 'refuse', because);
    expect(await caseOf(caseId)).toMatchObject({ state: 'dismantling', holds: '' });
  });
});
