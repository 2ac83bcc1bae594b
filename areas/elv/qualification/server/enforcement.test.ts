import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { applyFor, aQualification, takeStep } from '#apps/server/demo/qualification-walk.ts';
import type { EnforcementEvent } from '#apps/simulators/enforcement/events.ts';
import type { faultSchema } from '#apps/simulators/faults.ts';
import { clientWith } from '#testkit/notice-hands.ts';
import { outsideFailures, tellsNothing } from '#testkit/outside-failures.ts';
import { holdOnly } from '#testkit/people.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  freshForEachTest,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import { enforcementContract, enforcementMark } from '../model/enforcement.ts';
import { enforcementSource } from './enforcement.ts';
import { askDaily } from './event-source.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated enforcement system over HTTP with its fault desk.
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

const walker = (number = 1) => qualificationWalker(it, people, number);
const api = async (who: string) => clientWith(it, enforcementContract, (await people.as(who)).cookie);
const seen = async (id: string, who = 'commission1') => (await api(who)).list({ id });
const markFor = async (who: string, id: string) =>
  (await (await people.as(who)).entries.list({})).rows.find((row) => row.id === id)?.mark ?? null;
const event = (eventNo: string, happenedOn: string, more: Partial<EnforcementEvent> = {}): EnforcementEvent => ({
  eventNo,
  caseNo: '甲案',
  kind: 'inspection',
  happenedOn,
  department: '演示区生态环境局',
  matter: '危险废物贮存专项检查',
  state: 'closed',
  result: '—',
  officers: '某执法人员',
  heard: '某陪同人员',
  ...more,
});
const told = (...events: readonly EnforcementEvent[]): Promise<unknown> =>
  it.outside.desk('POST', '/enforcement-events', { uscc, events });
const fail = (error: unknown): never => {
  throw error;
};
const strike = (fault: z.input<typeof faultSchema>, times?: number): Promise<void> =>
  it.outside.script({ system: 'enforcement', exchange: 'list-events', fault, ...(times ? { times } : {}) });

test('R13: whoever applies is asked about; open cases are counted once each, and nobody is named', async () => {
  await told(
    event('甲一', '2026-10-01', { state: 'open', result: '\u0000' }),
    event('甲二', '2026-10-03', { state: 'open', kind: 'filing', result: '', matter: '涉嫌\u0000违规贮存' }),
    event('乙一', '2026-05-01', { caseNo: '乙案', result: '未发现问题' }),
    event('丙一', '2026-06-01', { caseNo: '丙案', kind: '约谈', state: '待移送' }),
    event('旧一', '2015-06-01', { caseNo: '旧案', state: 'open' }),
  );
  await strike({ kind: 'down' }, 1);
  const id = await applyFor(walker());
  expect(await seen(id)).toMatchObject({ status: 'waiting', rows: [], asOf: null, askable: false });
  await it.settle();
  const view = await seen(id);
  expect(view).toMatchObject({ status: 'answered', cases: { all: 2, open: 2 }, inspections: 2, marked: true });
  expect(view.rows.map(({ eventNo, kind, open, result }) => [eventNo, kind, open, result])).toEqual([
    ['甲二', 'filing', true, null],
    ['甲一', 'inspection', null, null],
    ['丙一', '约谈', true, null],
    ['乙一', 'inspection', null, '未发现问题'],
  ]);
  const { rows } = await sql<{ kept: string }>`
    select e::text as kept from elv_qualification.enforcement_event e`.execute(it.database.db);
  expect(rows).toHaveLength(4);
  expect(JSON.stringify([rows, view])).not.toMatch(/某执法人员|某陪同人员/);
});

test('R13: an open case marks the enterprise before the authority, never before the enterprise or who only looks', async () => {
  await told(event('甲一', '2026-10-01', { state: 'open', kind: 'filing' }));
  const id = await applyFor(walker());
  await it.settle();
  for (const who of ['clerk1', 'clerk2', 'observer1'])
    await expect(seen(id, who)).rejects.toMatchObject({ status: 403 });
  await expect((await api('clerk1')).ask({ id })).rejects.toMatchObject({ status: 403 });
  await expect(seen('nothing')).rejects.toMatchObject({ status: 404 });
  expect(await markFor('commission1', id)).toBe(enforcementMark);
  expect(await markFor('clerk1', id)).toBeNull();
  expect(await markFor('observer1', id)).toBeNull();
});

test('R13: the mark stands beside those enterprises only whose events the person may read', async () => {
  const open = event('甲一', '2026-10-01', { state: 'open', kind: 'filing' });
  await told(open);
  await it.outside.desk('POST', '/enforcement-events', { uscc: '91310112MADEMA027P', events: [open] });
  const [one, other] = [await applyFor(walker()), await applyFor(walker(2))];
  await it.settle();
  const district = { where: { field: 'district', in: ['310115'] } } as const;
  await holdOnly(it, 'demo-observer1', [
    { permission: 'elv.qualification:read', rows: 'all', personal: 'plain' },
    { permission: 'elv.qualification:enforcement', rows: district, personal: 'plain' },
  ]);
  expect([await markFor('observer1', one), await markFor('observer1', other)]).toEqual([enforcementMark, null]);
  expect([await markFor('commission1', one), await markFor('commission1', other)]).toEqual([
    enforcementMark,
    enforcementMark,
  ]);
  await expect(seen(other, 'observer1')).rejects.toMatchObject({ status: 404 });
});

test('R13: who is under review is asked about every day, who has ended is not and is marked no longer', async () => {
  await told();
  const id = await applyFor(walker());
  await it.settle();
  const { desk } = it.product.elv.qualifications;
  await told(event('甲一', '2026-11-24', { state: 'open', kind: 'filing' }));
  it.clock.advance(25 * 3_600_000);
  await askDaily(desk, enforcementSource, fail);
  await it.settle();
  expect(await markFor('commission1', id)).toBe(enforcementMark);
  await takeStep(walker(), id, 'officer', 'declineApplication');
  it.clock.advance(8 * 24 * 3_600_000);
  await askDaily(desk, enforcementSource, fail);
  await it.settle();
  expect(await markFor('commission1', id)).toBeNull();
  expect(await seen(id)).toMatchObject({ cases: { open: 1 }, marked: false });
});

test('R13: one told no more counts no more and stays visible, told again it stands once; a revocation that is begun asks anew', async () => {
  await told(
    event('甲一', '2026-10-01', { state: 'open', kind: 'filing' }),
    event('乙一', '2026-09-01', { caseNo: '乙案', kind: 'filing' }),
  );
  const id = await aQualification(walker());
  const { ask } = await api('commission1');
  await told(event('乙一', '2026-09-01', { caseNo: '乙案', kind: 'filing' }));
  await ask({ id });
  await expect(ask({ id })).rejects.toMatchObject({ code: 'WAITING' });
  await it.settle();
  const view = await seen(id);
  expect(view).toMatchObject({ cases: { all: 1, open: 0 }, marked: false });
  expect(view.rows.map((row) => [row.eventNo, row.withdrawn])).toEqual([
    ['甲一', true],
    ['乙一', false],
  ]);
  expect(await markFor('commission1', id)).toBeNull();
  await told(
    event('甲一', '2026-10-01', { state: 'open', kind: 'filing' }),
    event('乙一', '2026-09-01', { caseNo: '乙案', kind: 'filing' }),
  );
  await strike({ kind: 'twice' }, 1);
  await takeStep(walker(), id, 'officer', 'offerHearing');
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.withdrawn)).toEqual([false, false]);
  expect(await markFor('commission1', id)).toBe(enforcementMark);
});

test('R13: the enforcement system fails in every way: the question waits, and is answered by itself; refused and given up are no answer', async () => {
  await told(event('甲一', '2026-10-01'));
  await strike({ kind: 'down' }, 1);
  const id = await applyFor(walker());
  for (const fault of outsideFailures) {
    await strike(fault, 1);
    it.patienceSeconds = tellsNothing(fault) ? 0.3 : undefined;
    await it.settle();
    expect([fault, await seen(id)]).toMatchObject([fault, { status: 'waiting', rows: [] }]);
  }
  it.patienceSeconds = undefined;
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'answered', cases: { all: 0, open: 0 }, inspections: 1 });
  const { ask } = await api('commission1');
  await strike({ kind: 'refuse', code: '4030', message: '超出授权场景' }, 1);
  await ask({ id });
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'refused', text: expect.stringContaining('4030'), askable: true });
  await strike({ kind: 'down' });
  await ask({ id });
  for (let tried = 1; tried <= 29; tried += 1) await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'needs-person', askable: true });
});

test('R13: qualified enterprises are asked about once a day; what the simulated system has from the start is shown', async () => {
  await told();
  const id = await aQualification(walker());
  expect(await seen(id)).toMatchObject({ status: 'answered', cases: { all: 0 } });
  const parts = it.product.elv.qualifications.desk;
  await told(event('甲一', '2026-11-22'));
  await askDaily(parts, enforcementSource, fail);
  await it.settle();
  expect((await seen(id)).rows).toEqual([]);
  it.clock.advance(25 * 3_600_000);
  await Promise.all([askDaily(parts, enforcementSource, fail), askDaily(parts, enforcementSource, fail)]);
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.eventNo)).toEqual(['甲一']);
  const other = await applyFor(walker(3));
  await it.settle();
  expect((await seen(other)).rows).toMatchObject([{ eventNo: 'ZF-演示-0003-1', open: null, result: '未发现问题' }]);
});
