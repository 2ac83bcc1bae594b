import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectors } from '#apps/server/plans.ts';
import { textToSign } from '#apps/simulators/link/guard.ts';
import { sm3Hex, verifierOf } from '#apps/simulators/link/sm2.ts';
import type { Relay } from '#kernel/connector/relay.ts';
import { waitsOf } from '#kernel/connector/retry.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aSystem } from '#testkit/intake-hands.ts';
import { aReceiver, type Receiver } from '#testkit/receiver.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import type { CaseMoved } from '../../vehicle-case/model/case-moved.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { eventOf } from '../model/case-event.ts';
import { enterpriseSystemContract } from '../model/enterprise-system.contract.ts';
import { tellSystems } from './webhooks.ts';

// Real here: PostgreSQL, outbox, relay, the wire, HTTP to receivers of the test, SM2 checked by the second implementation. Made up: the steps, the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: ServedProduct;
let first: Receiver;
let second: Receiver;
let systems: { readonly id: string }[];
let relay: Relay | undefined;

beforeAll(async () => {
  it = await aServedProduct('2026-11-23T02:00:00Z', undefined, { perMinute: 600, webhooks: 'any' });
  [first, second] = [await aReceiver(), await aReceiver()];
  systems = [
    await aSystem(it, { name: '甲系统', webhookUrl: first.url }),
    await aSystem(it, { name: '乙系统', webhookUrl: second.url }),
    await aSystem(it, { name: '不听的系统' }),
  ];
});
afterAll(async () => {
  await relay?.stop();
  await Promise.all([first.close(), second.close()]);
  await it.close();
});
beforeEach(async () => {
  await relay?.stop();
  relay = undefined;
  for (const one of [first, second]) {
    one.got.length = 0;
    one.answer = () => ({ status: 204 });
  }
});

let made = 0;
const aMove = (more: Partial<CaseMoved> = {}): CaseMoved => {
  made += 1;
  return {
    caseId: `case-${made}`,
    caseNo: `SC2026112300${String(made).padStart(3, '0')}`,
    version: 7,
    round: 2,
    action: 'returnDesk',
    state: 'intake',
    stateTitle: '受理登记',
    enterpriseId: 'yard-1',
    reason: '行驶证照片看不清',
    reference: async () => 'DD-1',
    at: it.clock.now(),
    traceId: 'trace',
    ...more,
  };
};
const tell = async (moved: CaseMoved): Promise<void> => {
  const { outbox } = it.product;
  await inTransaction(it.database.db, (tx) => tellSystems({ outbox })(tx, moved));
};
const silentWires = Object.fromEntries(
  connectors.map(({ id }) => [id, { carry: async () => ({ outcome: 'unreachable', detail: 'not here' }) as const }]),
);
const started = (): Relay => {
  relay = it.product.relay(silentWires, {
    retry: waitsOf([0, 0, 0, 0, 0, 0, 0, 0]),
    pauses: { firstMs: 50, longestMs: 50 },
  });
  return relay;
};
/** Lets time go by and carries what is due, until it has come to that. */
const carriedUntil = (come: () => Promise<boolean>): Promise<unknown> => {
  const carrying = started();
  return vi.waitUntil(async () => {
    it.clock.advance(200);
    await carrying.settled();
    return come();
  }, 30_000);
};
const deliveries = async (id: string) => {
  const administrator = it.client(enterpriseSystemContract, await it.signIn('yardadmin1'));
  return (await administrator.get({ id })).deliveries;
};

describe('telling', () => {
  test('R02: a return is told to every system of the enterprise that listens, signed, with its reason and nothing personal', async () => {
    const moved = aMove();
    await tell(moved);
    await started().settled();
    expect([first.got.length, second.got.length]).toEqual([1, 1]);
    const [one] = first.got;
    expect(JSON.parse(one?.body ?? '')).toEqual({
      systemId: systems[0]?.id,
      eventId: `${moved.caseNo}-7`,
      event: 'returned',
      caseId: moved.caseId,
      caseNo: moved.caseNo,
      reference: 'DD-1',
      state: 'intake',
      stateTitle: '受理登记',
      round: 2,
      reason: '行驶证照片看不清',
      at: it.clock.now().toISOString(),
    });
    const administrator = it.client(enterpriseSystemContract, await it.signIn('yardadmin1'));
    const { platformKey } = await administrator.get({ id: systems[0]?.id ?? '' });
    const { headers, body, path } = one ?? { headers: {}, body: '', path: '' };
    const text = textToSign(
      'POST',
      path,
      String(headers['x-timestamp']),
      String(headers['x-nonce']),
      Buffer.from(body),
    );
    expect(verifierOf(platformKey ?? '')(text, String(headers['x-signature']))).toBe(true);
    expect(headers['x-content-sm3']).toBe(sm3Hex(Buffer.from(body)));
    expect((await deliveries(systems[0]?.id ?? ''))[0]).toMatchObject({
      status: 'delivered',
      caseNo: moved.caseNo,
      eventTitle: '退回修改',
    });
  });

  test('R06: what the enterprise has done itself, and what other enterprises are told, is not; a reason is told of noes alone', async () => {
    await tell(aMove({ action: 'submit' }));
    await tell(aMove({ enterpriseId: 'yard-2' }));
    await tell(aMove({ action: 'certify', state: 'certified' }));
    await started().settled();
    expect(first.got.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ event: 'certified', reason: null }),
    ]);
  });

  test('T5.3: a reason that holds a telephone or the number of a person is not sent; it is read in the case', async () => {
    await tell(aMove({ reason: '车主电话 138 0013 0000 打不通，请核实' }));
    await started().settled();
    expect(first.got.map(({ body }) => JSON.parse(body).reason)).toEqual(['原因见案卷']);
  });

  test('R02: every step that people or outside systems send a case on with is told, and no step of the enterprise', () => {
    const told = Object.entries(vehicleCase.actions).map(([name, { by, newRound }]) => ({
      name,
      by,
      newRound: newRound === true,
      event: eventOf(name as keyof typeof vehicleCase.actions, ''),
    }));
    expect(told.filter(({ by, event }) => by === 'dismantler' && event !== undefined)).toEqual([]);
    const names = (some: typeof told) => some.map(({ name }) => name).sort();
    // What hands a case back begins a round; sending it out anew, the enterprise's own request and what the desk looks at once more are no returns.
    const isReturn = (name: string): boolean => !/^(resend|request|refuseTakeBack)/.test(name);
    const begins = told.filter(({ name, newRound }) => newRound && isReturn(name));
    expect(names(told.filter(({ event }) => event === 'returned'))).toEqual(names(begins));
  });

  test('R02: a case that another vehicle was dismantled for is told as ended when its report is back, not before', async () => {
    await tell(aMove({ action: 'endWrongVehicle', state: 'identityTakingBack' }));
    await tell(aMove({ action: 'takeBackReport', state: 'dismantling' }));
    await tell(aMove({ action: 'takeBackReport', state: 'wronglyDismantled', reason: '拆解的是另一辆车' }));
    await tell(aMove({ action: 'endWrongVehicle', state: 'wronglyDismantled', reason: '拆解的是另一辆车' }));
    await started().settled();
    const ended = { event: 'refused', state: 'wronglyDismantled', reason: '拆解的是另一辆车' };
    expect(first.got.map(({ body }) => JSON.parse(body))).toMatchObject([ended, ended]);
  });

  test('R02: an event is taken once, however often it must be told', async () => {
    let tries = 0;
    first.answer = () => {
      tries += 1;
      return { status: tries < 4 ? 500 : 200 };
    };
    const moved = aMove();
    await tell(moved);
    await tell(moved);
    await carriedUntil(async () => first.got.length === 4);
    expect(new Set(first.got.map(({ body }) => body)).size).toBe(1);
    expect(second.got).toHaveLength(1);
    await relay?.settled();
    expect(first.got).toHaveLength(4);
    const line = (await deliveries(systems[0]?.id ?? '')).find(({ caseNo }) => caseNo === moved.caseNo);
    expect(line).toMatchObject({ status: 'delivered', attempts: 4 });
  });

  test('R02: a receiver that is dead or hangs does not hold up another, however much waits for it', async () => {
    first.answer = () => 'silence';
    for (let n = 0; n < 12; n += 1) await tell(aMove());
    const since = performance.now();
    started();
    await vi.waitUntil(() => second.got.length === 12, 8_000);
    // One hanging call takes ten seconds; all of the other's came meanwhile.
    expect(performance.now() - since).toBeLessThan(8_000);
    // At most two are under way to one receiver.
    expect(first.got.length).toBeLessThanOrEqual(2);
    // What it did not take is told again once it is back.
    await relay?.stop();
    first.answer = () => ({ status: 204 });
    await carriedUntil(async () => new Set(first.got.map(({ body }) => body)).size === 12);
  });

  test('T5.4: after its last day a system is told nothing more, neither what happens then nor what was waiting', async () => {
    const short = await aReceiver();
    const { id } = await aSystem(it, { name: '到期系统', webhookUrl: short.url, validUntil: '2026-11-24' });
    const before = it.clock.now();
    await tell(aMove());
    it.clock.set('2026-11-24T16:00:01Z');
    await tell(aMove());
    await started().settled();
    it.clock.set(before.toISOString());
    await short.close();
    expect(short.got).toEqual([]);
    expect(await deliveries(id)).toMatchObject([{ status: 'refused' }]);
  });

  test('R02: after the last try it waits for a person, who sends it again', async () => {
    first.answer = () => ({ status: 302, headers: { location: second.url } });
    const moved = aMove();
    await tell(moved);
    const id = systems[0]?.id ?? '';
    const find = async () => (await deliveries(id)).find(({ caseNo }) => caseNo === moved.caseNo);
    await carriedUntil(async () => (await find())?.status === 'needs-person');
    // A redirect leads nowhere that was confirmed.
    expect((await find())?.note).toContain('HTTP 302');
    await relay?.stop();
    first.answer = () => ({ status: 200 });
    const administrator = it.client(enterpriseSystemContract, await it.signIn('yardadmin1'));
    const exchangeId = (await find())?.id ?? '';
    await administrator.resend({ id, exchangeId });
    await carriedUntil(async () => (await find())?.status === 'delivered');
    await expect(administrator.resend({ id, exchangeId })).rejects.toMatchObject({ code: 'NOT_WAITING' });
    await expect(administrator.resend({ id, exchangeId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
