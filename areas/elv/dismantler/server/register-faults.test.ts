import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { faultSchema } from '#apps/simulators/faults.ts';
import type { JournalEntry } from '#apps/simulators/journal.ts';
import { outsideFailures, tellsNothing } from '#testkit/outside-failures.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople } from '#testkit/registry-hands.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real here: PostgreSQL, engine, web server, relay with its own retry policy, wires, the simulated data lake over HTTP with its fault desk.
// Made up: the clock, and the patience of the wires where a test waits for an answer that never comes.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: RegistryPeople;
let id: string;

beforeAll(async () => {
  it = await aProduct();
  people = registryPeople(it);
});
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  it.patienceSeconds = undefined;
  await it.settle();
  expect(it.failures).toEqual([]);
  for (const table of ['registry_file', 'registry_check', 'registry_entry'])
    await sql`delete from ${sql.table(`elv.${table}`)}`.execute(it.database.ownerDb);
});
afterAll(() => it.close());

const strike = (fault: z.input<typeof faultSchema>, times?: number): Promise<void> =>
  it.outside.script({ system: 'data-lake', exchange: 'get-legal-person', fault, ...(times ? { times } : {}) });
const seen = async () => (await people.view('commission1', id)).register;
const mayPass = async (): Promise<boolean> =>
  (await people.view('commission1', id)).abilities.find(({ action }) => action === 'passFirst')?.ready ?? false;
const begin = async (): Promise<void> => {
  id = await anEntry(it, people, 1, 'firstReview');
};
const needsPerson = async (): Promise<number> =>
  (await (await it.hands.as('commission1')).cases.summary({})).needsPerson;
const journal = async (): Promise<readonly JournalEntry[]> => {
  const state = (await it.outside.desk('GET', '/state')) as { readonly journal: readonly JournalEntry[] };
  return state.journal.filter(({ exchange }) => exchange === 'get-legal-person');
};

test('R49: the data lake fails in every way: the entry shows that it waits, nobody may pass it, and it goes on by itself', async () => {
  await begin();
  for (const fault of outsideFailures) {
    await strike(fault, 1);
    it.patienceSeconds = tellsNothing(fault) ? 0.3 : undefined;
    await it.settle();
    expect([fault, await seen()]).toMatchObject([
      fault,
      { status: 'retrying', verdict: null, text: '对方系统暂时没有应答，正在重试', askable: false },
    ]);
    expect((await seen()).nextAttemptAt).not.toBeNull();
    expect(await mayPass()).toBe(false);
  }
  it.patienceSeconds = undefined;
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
  expect(await mayPass()).toBe(true);
});

test('R49: answered as a repeat, it counts once', async () => {
  await begin();
  await strike({ kind: 'twice' });
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
});

test('R49: refused for another reason than "not there", it is no answer to judge by; a person has it asked again', async () => {
  await begin();
  await strike({ kind: 'refuse', code: '4030', message: '超出授权场景' }, 1);
  await it.settle();
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'manual', askable: true });
  expect((await seen()).text).toContain('4030 超出授权场景');
  expect(await mayPass()).toBe(false);
  await (await people.as('commission1')).entries.recheck({ id });
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
});

test('R49: after the last retry a person is told, and may have it asked again; nothing is left hanging', async () => {
  await begin();
  const before = await needsPerson();
  await strike({ kind: 'down' });
  for (let tried = 1; tried <= 29; tried += 1) await it.settle();
  expect(await seen()).toMatchObject({ status: 'needs-person', askable: true, nextAttemptAt: null });
  expect([await needsPerson(), await mayPass()]).toEqual([before + 1, false]);
  await it.outside.desk('DELETE', '/faults');
  await (await people.as('commission1')).entries.recheck({ id });
  expect(await seen()).toMatchObject({ status: 'retrying', askable: false });
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
  expect(await needsPerson()).toBe(before);
});

test('R49: a late answer to an earlier submission says nothing about a later one', async () => {
  const told = (status: string) =>
    it.outside.desk('POST', '/legal-persons', {
      persons: [
        {
          uscc: '91310115MADEMA0198',
          name: '沪示例报废车回收拆解一厂有限公司（演示）',
          legalRep: '钱一演示',
          registeredAddr: '上海市浦东新区演示路1号',
          scope: '',
          establishedOn: '2009-03-18',
          status,
        },
      ],
    });
  await begin();
  await strike({ kind: 'down' }, 1);
  await it.settle();
  const first = (await journal()).at(-1)?.key ?? '';
  const fault = { kind: 'down' } as const;
  await it.outside.script({ system: 'data-lake', exchange: 'get-legal-person', key: first, fault });
  await people.step('commission1', id, 'returnFirst', { reason: '请补充场地照片' });
  await people.step('clerk1', id, 'submit');
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
  await told('吊销');
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
  expect((await journal()).at(-1)).toMatchObject({ key: first, outcome: '0' });
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
  await told('存续');
});

test('R49: a relay that dies between asking and settling leaves one answer', async () => {
  await begin();
  const { promise: forever, resolve: wakeTheDead } = Promise.withResolvers<void>();
  let carried = 0;
  const dying = it.relay((wire) => ({
    carry: async (message) => {
      const delivery = await wire.carry(message);
      if (message.exchange !== 'get-legal-person') return delivery;
      carried += 1;
      await forever;
      return delivery;
    },
  }));
  void dying.settled();
  await waitUntil(() => carried > 0);
  const dead = dying.stop();
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'waiting' });
  await it.settle();
  expect(await seen()).toMatchObject({ status: 'answered', verdict: 'pass' });
  wakeTheDead();
  await dead;
});
