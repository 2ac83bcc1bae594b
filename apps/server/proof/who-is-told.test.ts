import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { clientWith, reachedAt, titlesTold } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { type QualificationPeople, qualificationPeople, qualificationWalker } from '#testkit/qualification-hands.ts';
import { anEntry, type RegistryPeople, registryPeople } from '#testkit/registry-hands.ts';
import { because, type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';
import { applyFor, aQualification, examine, takeStep } from '../demo/qualification-walk.ts';

// Real here: PostgreSQL, engines, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let entries: RegistryPeople;
let qualifications: QualificationPeople;
let readers: WithdrawalPeople;

beforeAll(async () => {
  it = await aProduct();
  entries = registryPeople(it);
  qualifications = qualificationPeople(it);
  readers = withdrawalPeople(it);
});
afterAll(() => it.close());

const told = async (who: string, id: string): Promise<readonly string[]> =>
  titlesTold(it, (await readers.as(who)).cookie, id);

describe('R49: the registry', () => {
  test('the enterprise is told of what becomes of its declaration, and nobody of another', async () => {
    const id = await anEntry(it, entries, 1, 'firstReview');
    await entries.step('commission1', id, 'returnFirst', because);
    await entries.step('clerk1', id, 'submit');
    await it.settle();
    await entries.step('commission1', id, 'passFirst');
    await entries.step('commission2', id, 'passSecond');
    await entries.step('commission2', id, 'remove', because);
    const all = ['申报被退回', '申报已入库', '已移出对象库'];
    expect(await told('clerk1', id)).toEqual(all);
    expect(await told('yardadmin1', id)).toEqual(all);
    for (const other of ['clerk2', 'review1', 'commission1']) expect(await told(other, id)).toEqual([]);
  });

  test('a refusal is told', async () => {
    expect(await told('clerk3', await anEntry(it, entries, 3, 'refused'))).toEqual(['申报未通过']);
  });
});

describe('R10–R13: qualifications', () => {
  test('from the acceptance to the decision, and what is decided afterwards', async () => {
    const walker = qualificationWalker(it, qualifications, 4);
    const id = await applyFor(walker);
    await examine(walker, id);
    await takeStep(walker, id, 'decider', 'grant');
    await takeStep(walker, id, 'decider', 'suspend');
    await takeStep(walker, id, 'decider', 'resume');
    await takeStep(walker, id, 'officer', 'offerHearing');
    expect(await told('clerk4', id)).toEqual([
      '申请已受理',
      '准予许可',
      '责令停业整顿',
      '停业整顿提前结束',
      '拟吊销，告知听证权利',
    ]);
    for (const other of ['clerk5', 'commission1', 'observer1']) expect(await told(other, id)).toEqual([]);
  });

  test('R13: a suspension goes out by short message whatever its recipient has chosen, a mere acceptance does not', async () => {
    await reachedAt(it, 'clerk5', { phone: '13800000005' });
    const clerk = clientWith(it, noticeContract, (await readers.as('clerk5')).cookie);
    const after = await clerk.choose({ group: 'elv.qualification', channel: 'sms', wanted: false });
    expect(after.groups.find(({ id }) => id === 'elv.qualification')?.ways[0]).toEqual({
      channel: 'sms',
      wanted: false,
      bound: true,
    });
    const walker = qualificationWalker(it, qualifications, 5);
    const id = await aQualification(walker);
    await takeStep(walker, id, 'decider', 'suspend');
    await it.product.notices.sendDue();
    const { rows } = await clerk.list({ size: 100 });
    const sent = rows.filter(({ matter, deliveries }) => matter.id === id && deliveries.length > 0);
    expect(sent.map(({ title }) => title)).toEqual(['责令停业整顿']);
  });
});

// Last: years go by, and nobody's password outlasts them.
test('R49: before the certificate lapses the enterprise is warned, once for each last day', async () => {
  const id = await anEntry(it, entries, 4, 'registered');
  const { validity } = await entries.view('clerk4', id);
  const lastDay = new Date(`${validity.validUntil}T02:00:00Z`).getTime();
  await it.product.elv.dismantlers.warnOfLapses();
  expect(await told('clerk4', id)).toEqual(['申报已入库']);
  it.clock.advance(lastDay - it.clock.now().getTime() - 30 * 86_400_000);
  for (let again = 0; again < 2; again += 1) await it.product.elv.dismantlers.warnOfLapses();
  expect(await told('clerk4', id)).toEqual(['申报已入库', '资质证书即将到期']);
  it.clock.advance(31 * 86_400_000);
  await it.product.elv.dismantlers.warnOfLapses();
  expect(await told('clerk4', id)).toHaveLength(2);
});
