import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { applyFor, aQualification, takeStep } from '#apps/server/demo/qualification-walk.ts';
import type { Penalty } from '#apps/simulators/data-lake/penalties.ts';
import type { faultSchema } from '#apps/simulators/faults.ts';
import { clientWith } from '#testkit/notice-hands.ts';
import { outsideFailures, tellsNothing } from '#testkit/outside-failures.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  freshForEachTest,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import { penalisedMark, penaltyContract } from '../model/penalties.ts';
import { askDaily } from './event-source.ts';
import { penaltySource } from './penalties.ts';

// Real here: PostgreSQL, engine, web server, relay with its own retry policy, wires, the simulated data lake over HTTP with its fault desk.
// Made up: the clock, and the patience of the wires where a test waits for an answer that never comes.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: QualificationPeople;
const uscc = '91310115MADEMA0198';

beforeAll(async () => {
  it = await aProduct();
  people = qualificationPeople(it);
});
freshForEachTest(() => it);
afterAll(() => it.close());

const walkerOf = (number: number) => qualificationWalker(it, people, number);
const api = async (who: string) => clientWith(it, penaltyContract, (await people.as(who)).cookie);
const seen = async (id: string, who = 'commission1') => (await api(who)).list({ id });
const penalty = (penaltyNo: string, decisionDate: string, more: Partial<Penalty> = {}): Penalty => ({
  penaltyNo,
  department: '演示区生态环境局',
  decisionDate,
  basis: '',
  content: '未按规定贮存废矿物油，罚款',
  amount: 100_000,
  publicUntil: '—',
  ...more,
});
const told = (...penalties: readonly Penalty[]): Promise<unknown> =>
  it.outside.desk('POST', '/penalties', { uscc, penalties });
const fail = (error: unknown): never => {
  throw error;
};
const strike = (fault: z.input<typeof faultSchema>, times?: number): Promise<void> =>
  it.outside.script({ system: 'data-lake', exchange: 'list-penalties', fault, ...(times ? { times } : {}) });

test('R13: whoever applies is asked about, and until the lake has answered nobody reads "none"', async () => {
  await told(penalty('一号', '2026-09-01'), penalty('二号', '2024-01-05', { amount: '', content: '警告' }));
  await strike({ kind: 'down' }, 1);
  const id = await applyFor(walkerOf(1));
  expect(await seen(id)).toMatchObject({ status: 'waiting', rows: [], asOf: null, askable: false });
  await it.settle();
  const view = await seen(id);
  expect(view).toMatchObject({
    status: 'answered',
    recent: 1,
    recentSince: '2025-11-23',
    marked: false,
    askable: true,
  });
  expect(view.rows).toEqual([
    {
      penaltyNo: '一号',
      department: '演示区生态环境局',
      decidedOn: '2026-09-01',
      basis: null,
      content: '未按规定贮存废矿物油，罚款',
      amountFen: 10_000_000,
      publicUntil: null,
      withdrawn: false,
    },
    expect.objectContaining({ penaltyNo: '二号', amountFen: null }),
  ]);
  // The enterprise reads its own; another reads nothing.
  expect(await seen(id, 'clerk1')).toMatchObject({ recent: 1 });
  await expect(seen(id, 'clerk2')).rejects.toMatchObject({ status: 404 });
});

test('R13: two penalties within the year mark the enterprise in the list; one withdrawn counts no more and stays visible', async () => {
  await told(penalty('一号', '2026-09-01'), penalty('二号', '2026-03-01'));
  const id = await aQualification(walkerOf(1));
  const mark = async () =>
    (await (await people.as('commission1')).entries.list({})).rows.find((row) => row.id === id)?.mark ?? null;
  expect(await seen(id)).toMatchObject({ recent: 2, marked: true });
  expect(await mark()).toBe(penalisedMark);
  await told(penalty('二号', '2026-03-01'));
  await (await api('commission1')).ask({ id });
  await expect((await api('commission1')).ask({ id })).rejects.toMatchObject({ code: 'WAITING' });
  await it.settle();
  expect(await seen(id)).toMatchObject({ recent: 1, marked: false });
  expect((await seen(id)).rows.map((row) => [row.penaltyNo, row.withdrawn])).toEqual([
    ['一号', true],
    ['二号', false],
  ]);
  expect(await mark()).toBeNull();
  // Told again, it stands again, once.
  await told(penalty('一号', '2026-09-01'), penalty('二号', '2026-03-01'));
  await (await api('commission1')).ask({ id });
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.withdrawn)).toEqual([false, false]);
});

test('R13: a revocation that is begun asks anew', async () => {
  await told();
  const id = await aQualification(walkerOf(1));
  await told(penalty('三号', '2026-11-20'));
  await takeStep(walkerOf(1), id, 'officer', 'offerHearing');
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.penaltyNo)).toEqual(['三号']);
});

test('R13: the data lake fails in every way: the question waits, and is answered by itself', async () => {
  await told(penalty('一号', '2026-09-01'));
  await strike({ kind: 'down' }, 1);
  const id = await applyFor(walkerOf(1));
  for (const fault of outsideFailures) {
    await strike(fault, 1);
    it.patienceSeconds = tellsNothing(fault) ? 0.3 : undefined;
    await it.settle();
    expect([fault, await seen(id)]).toMatchObject([fault, { status: 'waiting', rows: [] }]);
  }
  it.patienceSeconds = undefined;
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'answered', recent: 1 });
});

test('R13: refused, and given up after the last retry, it is no answer; a person has it asked again', async () => {
  await told(penalty('一号', '2026-09-01'));
  await strike({ kind: 'refuse', code: '4030', message: '超出授权场景' }, 1);
  const id = await applyFor(walkerOf(1));
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'refused', text: expect.stringContaining('4030'), askable: true });
  await strike({ kind: 'down' });
  await (await api('commission1')).ask({ id });
  for (let tried = 1; tried <= 29; tried += 1) await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'needs-person', askable: true });
  await it.outside.desk('DELETE', '/faults');
  await strike({ kind: 'twice' });
  await (await api('commission1')).ask({ id });
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'answered', recent: 1 });
});

test('R13: qualified enterprises are asked about once a day, by whichever process is first', async () => {
  await told();
  const id = await aQualification(walkerOf(1));
  const askings = async (): Promise<number> => {
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from kernel.outbox where exchange = 'list-penalties'`.execute(it.database.db);
    return Number(rows[0]?.count);
  };
  const parts = it.product.elv.qualifications.desk;
  const before = await askings();
  await askDaily(parts, penaltySource, fail);
  expect(await askings()).toBe(before);
  it.clock.advance(25 * 3_600_000);
  await told(penalty('四号', '2026-11-23'));
  await Promise.all([askDaily(parts, penaltySource, fail), askDaily(parts, penaltySource, fail)]);
  expect(await askings()).toBe(before + 1);
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.penaltyNo)).toEqual(['四号']);
});
