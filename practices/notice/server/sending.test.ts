import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { caseNotices } from '#areas/elv/vehicle-case/model/vehicle-case.notices.ts';
import type { Client } from '#kernel/contract/client.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { deliveryContract } from '#practices/notice/model/delivery.contract.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { clientWith, reachedAt } from '#testkit/notice-hands.ts';
import { holdOnly } from '#testkit/people.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, web server, outbox, relay, wires, the simulated gateways over HTTP, both ends' signatures. Made up: the clock, and the matters.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: WithdrawalPeople;
let cases = 0;

beforeAll(async () => {
  it = await aProduct();
  people = withdrawalPeople(it);
});
afterEach(() => it.outside.desk('DELETE', '/faults'));
afterAll(() => it.close());

const clientFor = async <C extends Contract>(contract: C, who: string): Promise<Client<C>> =>
  clientWith(it, contract, (await people.as(who)).cookie);

/** Tells the people of a yard that a case came back; answers the case's id. */
const raise = async (yard: string): Promise<string> => {
  cases += 1;
  const id = `sent-${cases}`;
  await inTransaction(it.database.db, (tx) =>
    it.product.notices.raise(tx, {
      kind: caseNotices.returned,
      values: { caseNo: `SC20261123${String(cases).padStart(5, '0')}`, plateNo: '沪A12345' },
      matter: { type: 'elv.vehicle-case', id, row: { id, organisation: yard } },
      occasion: 'step 2',
      organisationId: yard,
      at: it.clock.now(),
    }),
  );
  return id;
};

/** How it stands with the ways of somebody's notice about a matter. */
const waysOf = async (who: string, matter: string): Promise<readonly string[]> => {
  const { rows } = await (await clientFor(noticeContract, who)).list({ size: 100 });
  const found = rows.find((one) => one.matter.id === matter);
  return (found?.deliveries ?? []).map(({ channel, state, reason }) => [channel, state, reason ?? ''].join(' ').trim());
};

/** Carries what is due once; answers what went over the wire. */
const carry = async (): Promise<readonly string[]> => {
  const bodies: string[] = [];
  const relay = it.relay((wire) => ({
    carry: (message) => {
      bodies.push(message.body);
      return wire.carry(message);
    },
  }));
  await relay.settled();
  await relay.stop();
  return bodies;
};

describe('R49: a message on its way', () => {
  test('taken by the gateway, then reported as arrived; nobody without a number is written to', async () => {
    await reachedAt(it, 'clerk1', { phone: '13800000001' });
    await reachedAt(it, 'clerk1b', { phone: null });
    const matter = await raise('yard-1');
    expect(await waysOf('clerk1', matter)).toEqual([]);
    expect(await it.product.notices.sendDue()).toBe(2);
    expect(await it.product.notices.sendDue()).toBe(0);
    expect(await waysOf('clerk1', matter)).toEqual(['sms waiting']);
    expect(await waysOf('clerk1b', matter)).toEqual(['sms no-address']);
    const bodies = (await carry()).map((body) => JSON.parse(body));
    expect(bodies).toEqual([
      {
        reference: expect.stringMatching(/:sms$/),
        phone: '13800000001',
        signature: '沪商监管',
        text: expect.stringMatching(/^案卷SC\d{13}被退回，请登录系统查看原因并修改。$/),
      },
    ]);
    await waitUntil(async () => (await waysOf('clerk1', matter))[0] === 'sms delivered');
  });

  test('a number that takes nothing, and one that is never reached', async () => {
    await reachedAt(it, 'clerk2', { phone: '13800000000' });
    const refused = await raise('yard-2');
    await it.product.notices.sendDue();
    await carry();
    expect(await waysOf('clerk2', refused)).toEqual(['sms failed 空号或已停机（4041）']);
    await reachedAt(it, 'clerk2', { phone: '13800000009' });
    const lost = await raise('yard-2');
    await it.product.notices.sendDue();
    await carry();
    await waitUntil(async () => (await waysOf('clerk2', lost))[0]?.startsWith('sms failed 对方不在服务区') ?? false);
  });

  test('a report that comes twice, and one that overtakes the answer, change nothing', async () => {
    const report = { system: 'sms-gateway', exchange: 'delivery-report', times: 1 } as const;
    for (const kind of ['twice', 'out-of-order'] as const) {
      await it.outside.script({ ...report, fault: { kind } });
      const matter = await raise('yard-1');
      await it.product.notices.sendDue();
      await carry();
      await waitUntil(async () => (await waysOf('clerk1', matter))[0] === 'sms delivered');
      // What is told after that finds the state as it is.
      await carry();
      expect(await waysOf('clerk1', matter)).toEqual(['sms delivered']);
    }
  });

  test('of contradicting reports the one about the later moment stands, in whatever order they come', async () => {
    await it.outside.script({ system: 'sms-gateway', exchange: 'delivery-report', times: 1, fault: { kind: 'never' } });
    const matter = await raise('yard-1');
    await it.product.notices.sendDue();
    await carry();
    const { rows } = await (await clientFor(noticeContract, 'clerk1')).list({ size: 100 });
    const reference = `${rows.find((one) => one.matter.id === matter)?.id}:sms`;
    const handle = it.product.notices.reports('sms');
    const tell = (state: 'delivered' | 'failed', at: string, to = reference) =>
      inTransaction(it.database.db, (tx) =>
        handle(tx, { key: 'r', request: { reportId: 'r', reference: to, state, reason: null, at }, traceId: 't' }),
      );
    await tell('delivered', '2026-11-23T10:05:00+08:00');
    await tell('failed', '2026-11-23T10:04:00+08:00');
    expect(await waysOf('clerk1', matter)).toEqual(['sms delivered']);
    await tell('failed', '2026-11-23T10:06:00+08:00');
    expect(await waysOf('clerk1', matter)).toEqual(['sms failed']);
    for (const stranger of ['nothing:sms', reference.replace(':sms', ':mail'), 'x'])
      expect(await tell('delivered', '2026-11-23T10:07:00+08:00', stranger)).toMatchObject({ outcome: 'refused' });
  });
});

describe('R49: what a person wants', () => {
  test('ways are switched per group, and where one would be reached is shown masked', async () => {
    await reachedAt(it, 'clerk4', { phone: '13900000004', email: 'wang@example.cn' });
    const clerk = await clientFor(noticeContract, 'clerk4');
    expect(await clerk.choices({})).toMatchObject({ addresses: { sms: '139****0004', mail: 'w***@example.cn' } });
    const group = 'elv.vehicle-case';
    await clerk.choose({ group, channel: 'sms', wanted: false });
    const after = await clerk.choose({ group, channel: 'mail', wanted: true });
    expect(after.groups.find(({ id }) => id === group)?.ways).toEqual([
      { channel: 'sms', wanted: false, bound: false },
      { channel: 'mail', wanted: true, bound: false },
    ]);
    const matter = await raise('yard-4');
    await it.product.notices.sendDue();
    expect(await waysOf('clerk4', matter)).toEqual(['mail waiting']);
    expect((await carry()).map((body) => JSON.parse(body))).toEqual([
      expect.objectContaining({ address: 'wang@example.cn', subject: '【沪商监管】案卷被退回' }),
    ]);
    await waitUntil(async () => (await waysOf('clerk4', matter))[0] === 'mail delivered');
    await expect(clerk.choose({ group: 'notice.delivery', channel: 'sms', wanted: true })).rejects.toMatchObject({
      code: 'NO_GROUP',
    });
  });
});

describe('R49: a stopped gateway', () => {
  test('the notice is there at once; the message waits, is tried again, and in the end a person is told, once', async () => {
    // Who looks after the gateways, without a second factor in the way.
    await holdOnly(it, 'demo-observer1', [
      { permission: 'notice.delivery:read', rows: 'all', personal: 'masked' },
      { permission: 'elv.vehicle-case:read', rows: 'all', personal: 'masked' },
    ]);
    const keeper = await clientFor(noticeContract, 'observer1');
    const down = { kind: 'down' } as const;
    await it.outside.script({ system: 'sms-gateway', exchange: '*', fault: down });
    const [first, second] = [await raise('yard-1'), await raise('yard-1')];
    await it.product.notices.sendDue();
    await carry();
    expect(await waysOf('clerk1', first)).toEqual(['sms waiting']);
    expect((await (await clientFor(noticeContract, 'clerk1')).unread({})).unread).toBeGreaterThan(0);
    for (let hour = 0; hour < 34; hour += 1) await it.settle();
    expect([await waysOf('clerk1', first), await waysOf('clerk1', second)]).toEqual([
      ['sms given-up'],
      ['sms given-up'],
    ]);
    expect((await keeper.list({})).rows.map(({ title }) => title)).toEqual(['消息多次未能发出']);

    const overview = await clientFor(deliveryContract, 'observer1');
    const { rows, total } = await overview.list({ channel: 'sms', state: 'given-up' });
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({ title: '案卷被退回', recipient: { name: '周一演示' } });
    expect(JSON.stringify(rows)).not.toContain('13800000001');

    await it.outside.desk('DELETE', '/faults');
    const givenUp = await it.product.outbox.listGivenUp(it.database.db, 10);
    for (const { id } of givenUp) await inTransaction(it.database.db, (tx) => it.product.outbox.retryNow(tx, id));
    await it.settle();
    await it.settle();
    await waitUntil(async () => (await waysOf('clerk1', first))[0] === 'sms delivered');
  });

  test('what is a day old by the time it can be sent is not sent', async () => {
    const matter = await raise('yard-1');
    it.clock.advance(25 * 3_600_000);
    expect(await it.product.notices.sendDue()).toBe(2);
    expect(await waysOf('clerk1', matter)).toEqual([]);
    expect(await carry()).toEqual([]);
  });
});
