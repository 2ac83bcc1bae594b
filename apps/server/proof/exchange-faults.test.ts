import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { Fault, faultSchema, SystemId } from '#apps/simulators/faults.ts';
import type { JournalEntry } from '#apps/simulators/journal.ts';
import type { ExchangeView } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { expectSteps, factsOfCase } from '#testkit/case-witness.ts';
import { exchangeSituations, notYetSent, provedApart } from '#testkit/exchange-situations.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { connectors } from '../plans.ts';

// Real here: PostgreSQL, engine, web server, relay with its own retry policy, wires, simulators over HTTP with their fault desk.
// Made up: the clock, and the patience of the wires where a test waits for an answer that never comes.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 2_000);
});
beforeEach(() => it.outside.desk('PUT', '/settings', { decisionDelayMs: 80_000_000 }));
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  it.patienceSeconds = undefined;
  await it.settle();
  expect(it.failures).toEqual([]);
});
afterAll(() => it.close());

type FaultInput = z.input<typeof faultSchema>;

const exchanges = connectors.flatMap((connector) =>
  Object.entries(connector.exchanges).map(([name, { direction, title, effect }]) => ({
    id: `${connector.id}.${name}`,
    // The ids of our connectors are those of the simulated systems.
    system: connector.id as SystemId,
    name,
    direction,
    title,
    effect,
  })),
);
type AnyExchange = (typeof exchanges)[number];
const sent = exchanges.filter(({ id }) => id in exchangeSituations);
const tenderOf = ({ system }: AnyExchange): string =>
  system === 'identity' ? 'R01' : system === 'police' ? 'R60' : 'R57';

const situationOf = ({ id }: AnyExchange) => {
  const found = exchangeSituations[id];
  if (!found) throw new Error(`${id} has no situation`);
  return found;
};
const strike = ({ system, name }: AnyExchange, fault: FaultInput, times?: number): Promise<void> =>
  it.outside.script({ system, exchange: name, fault, ...(times === undefined ? {} : { times }) });
const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const viewOf = ({ id, walker }: ActingCase) => it.hands.view(walker.cast.commission, id);

/** The message as the case page shows it, the newest of its kind. */
const shown = async (acting: ActingCase, { title, direction }: AnyExchange): Promise<ExchangeView | undefined> =>
  (await viewOf(acting)).exchanges.findLast((one) => one.title === title && one.direction === direction);

const journal = async ({ system, name }: Pick<AnyExchange, 'system' | 'name'>): Promise<readonly JournalEntry[]> => {
  const state = (await it.outside.desk('GET', '/state')) as { readonly journal: readonly JournalEntry[] };
  return state.journal.filter((entry) => entry.system === system && entry.exchange === name);
};

test('every exchange of every connector has its proof here', () => {
  const inbound = exchanges
    .filter(({ direction, id }) => direction === 'in' && !(id in provedApart))
    .map(({ id }) => id);
  expect(inbound).toEqual(['police.supervised-decision']);
  const proved = [exchangeSituations, notYetSent, provedApart].flatMap(Object.keys).concat(inbound);
  for (const file of Object.values(provedApart))
    expect(existsSync(join(import.meta.dirname, '../../..', file))).toBe(true);
  expect(proved.sort()).toEqual(exchanges.map(({ id }) => id).sort());
});

const refusing = '对方应答不符合约定，已拒收';
/** Failures one after the other, each meeting the same message again; with the word the case page has for it, where it is one. */
const failures: readonly (readonly [fault: FaultInput, note: string | null])[] = [
  [{ kind: 'down' }, null],
  [{ kind: 'night', from: '00:00', to: '23:59' }, '对方系统连不上'],
  [{ kind: 'refuse', code: '5030', message: '平台异常', retryable: true }, '对方系统连不上'],
  [{ kind: 'throttled', retryAfterSeconds: 5 }, '对方要求稍后再试'],
  [{ kind: 'never' }, '对方没有及时应答，结果未知，将以同一编号再问'],
  [{ kind: 'garbled', how: 'json' }, refusing],
  [{ kind: 'garbled', how: 'schema' }, refusing],
  [{ kind: 'garbled', how: 'signature' }, refusing],
  [{ kind: 'late', ms: 5_000 }, '对方没有及时应答，结果未知，将以同一编号再问'],
  [{ kind: 'timed-out-but-done' }, '对方没有及时应答，结果未知，将以同一编号再问'],
];
const unanswered: ReadonlySet<Fault['kind']> = new Set(['never', 'late', 'timed-out-but-done']);

describe.each(sent.map((one) => [`${tenderOf(one)}: ${one.id}`, one] as const))('%s', (_, exchange) => {
  const { begin, waitsIn, answered, refused, mend, mended, asksAgain } = situationOf(exchange);

  test('fails in every way, waits to be seen, and goes on by itself with one effect', async () => {
    const acting = await begin(cases);
    const before = await factsOf(acting);
    const asked = (await journal(exchange)).length;
    for (const [fault, note] of failures) {
      await strike(exchange, fault, 1);
      it.patienceSeconds = unanswered.has(fault.kind) ? 0.3 : undefined;
      await it.settle();
      expect((await viewOf(acting)).state).toBe(waitsIn);
      const message = await shown(acting, exchange);
      expect([fault, message?.status, message?.nextAttemptAt !== null]).toEqual([fault, 'retrying', true]);
      if (note) expect(message?.note).toBe(note);
    }
    it.patienceSeconds = undefined;
    await it.settle();
    expect((await shown(acting, exchange))?.status).toBe('answered');
    const after = await expectSteps(it.database.db, it.crypto, before, answered);
    expect(after.sent.filter(({ exchange: id, status }) => id === exchange.id && status !== 'answered')).toEqual([]);
    const done = (await journal(exchange))
      .slice(asked)
      .filter(({ outcome, fault }) => outcome === '0' || fault === 'timed-out-but-done');
    expect(done.length).toBeGreaterThan(3);
    if (exchange.effect === 'write') expect(done.filter(({ repeat }) => !repeat)).toHaveLength(1);
  });

  test('answered as a repeat, it counts once', async () => {
    const acting = await begin(cases);
    const before = await factsOf(acting);
    await strike(exchange, { kind: 'twice' });
    await it.settle();
    await expectSteps(it.database.db, it.crypto, before, answered);
    expect((await shown(acting, exchange))?.status).toBe('answered');
  });

  test('refused, it is never asked again by itself; a person sees it and goes on', async () => {
    const acting = await begin(cases);
    const before = await factsOf(acting);
    await strike(exchange, { kind: 'refuse', code: '4999', message: '材料不符' }, 1);
    await it.settle();
    await it.settle();
    await expectSteps(it.database.db, it.crypto, before, refused);
    expect(await shown(acting, exchange)).toMatchObject({ status: 'refused', attempts: 1, note: '4999 材料不符' });
    await mend(cases, acting);
    await it.settle();
    expect((await viewOf(acting)).state).toBe(mended);
    expect((await shown(acting, exchange))?.status).toBe(asksAgain ? 'answered' : 'refused');
  });

  test('after the last retry a person is told, and may send it again', async () => {
    const acting = await begin(cases);
    const before = await factsOf(acting);
    const summary = async () => (await (await it.hands.as('commission1')).cases.summary({})).needsPerson;
    const needed = await summary();
    await strike(exchange, { kind: 'down' });
    await it.settle();
    const attempts = 29;
    for (let tried = 1; tried < attempts; tried += 1) {
      expect((await shown(acting, exchange))?.status).toBe('retrying');
      await it.settle();
    }
    const given = await shown(acting, exchange);
    expect(given).toMatchObject({ status: 'needs-person', attempts, nextAttemptAt: null, retryable: true });
    expect(await summary()).toBe(needed + 1);
    expect((await viewOf(acting)).state).toBe(waitsIn);
    await it.outside.desk('DELETE', '/faults');
    await strike(exchange, { kind: 'late', ms: 50 }, 1);
    await (await it.hands.as('commission1')).cases.retryExchange({ id: acting.id, exchangeId: given?.id ?? '' });
    await it.settle();
    expect((await shown(acting, exchange))?.status).toBe('answered');
    await expectSteps(it.database.db, it.crypto, before, answered);
    expect(await summary()).toBe(needed);
  });

  test('a relay that dies between sending and settling leaves one effect', async () => {
    const acting = await begin(cases);
    const before = await factsOf(acting);
    const { promise: forever, resolve: wakeTheDead } = Promise.withResolvers<void>();
    let carried = 0;
    const dying = it.relay((wire) => ({
      carry: async (message) => {
        const delivery = await wire.carry(message);
        if (message.exchange !== exchange.name) return delivery;
        carried += 1;
        await forever;
        return delivery;
      },
    }));
    void dying.settled();
    await waitUntil(() => carried > 0);
    const dead = dying.stop();
    // While the dead relay's lease holds nobody takes the message from it.
    await it.settle();
    expect((await viewOf(acting)).state).toBe(waitsIn);
    expect((await shown(acting, exchange))?.status).toBe('waiting');
    await it.settle();
    expect((await shown(acting, exchange))?.status).toBe('answered');
    const after = await expectSteps(it.database.db, it.crypto, before, answered);
    wakeTheDead();
    await dead;
    expect(await factsOf(acting)).toEqual(after);
  });
});
