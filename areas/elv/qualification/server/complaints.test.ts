import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { applyFor, aQualification, takeStep } from '#apps/server/demo/qualification-walk.ts';
import type { faultSchema } from '#apps/simulators/faults.ts';
import type { WorkOrder } from '#apps/simulators/hotline/work-orders.ts';
import { clientWith } from '#testkit/notice-hands.ts';
import { outsideFailures, tellsNothing } from '#testkit/outside-failures.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  freshForEachTest,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import { complaintContract } from '../model/complaints.ts';
import { complaintSource } from './complaints.ts';
import { askDaily } from './event-source.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated hotline over HTTP with its fault desk.
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
const api = async (who: string) => clientWith(it, complaintContract, (await people.as(who)).cookie);
const seen = async (id: string, who = 'commission1') => (await api(who)).list({ id });
const order = (orderNo: string, acceptedAt: string, more: Partial<WorkOrder> = {}): WorkOrder => ({
  orderNo,
  appealType: '投诉',
  category: '不给回收证明',
  title: '某来电人的标题',
  content: '某来电人说自己住在演示路9号',
  acceptedAt,
  resolveDeadline: '',
  status: 'closed',
  finding: '—',
  complainantName: '某来电人',
  phone: '13912345678',
  ...more,
});
const told = (...orders: readonly WorkOrder[]): Promise<unknown> =>
  it.outside.desk('POST', '/work-orders', { uscc, orders });
const fail = (error: unknown): never => {
  throw error;
};
const strike = (fault: z.input<typeof faultSchema>, times?: number): Promise<void> =>
  it.outside.script({ system: 'hotline', exchange: 'list-work-orders', fault, ...(times ? { times } : {}) });

test('R13: whoever applies is asked about; open, overdue and upheld complaints are told apart, and who complained is kept nowhere', async () => {
  await told(
    order('一号', '2026-11-01 09:00', { status: 'in-progress', resolveDeadline: '2026-11-08 09:00' }),
    order('二号', '2026/05/01 09:30', { finding: '部分属实' }),
    order('三号', '2026-11-20T09:00:00+08:00', { status: '待甄别', category: '' }),
    order('四号', '2020-01-01 09:00'),
  );
  await strike({ kind: 'down' }, 1);
  const id = await applyFor(walker());
  expect(await seen(id)).toMatchObject({ status: 'waiting', rows: [], asOf: null, askable: false });
  await it.settle();
  const view = await seen(id);
  expect(view).toMatchObject({ status: 'answered', counts: { all: 3, open: 2, upheld: 1 }, askable: true });
  expect(view.rows.map(({ orderNo, status, finding, overdue }) => [orderNo, status, finding, overdue])).toEqual([
    ['三号', '待甄别', null, false],
    ['一号', 'in-progress', null, true],
    ['二号', 'closed', '部分属实', false],
  ]);
  const { rows } = await sql<{ kept: string }>`
    select c::text as kept from elv_qualification.complaint c`.execute(it.database.db);
  expect(rows).toHaveLength(3);
  expect(JSON.stringify([rows, view])).not.toMatch(/某来电人|13912345678|演示路9号/);
});

test('R13: complaints are for the authority: neither the enterprise nor who only looks reads them', async () => {
  await told(order('一号', '2026-11-01 09:00'));
  const id = await applyFor(walker());
  await it.settle();
  for (const who of ['clerk1', 'clerk2', 'observer1'])
    await expect(seen(id, who)).rejects.toMatchObject({ status: 403 });
  await expect((await api('clerk1')).ask({ id })).rejects.toMatchObject({ status: 403 });
  await expect(seen('nothing')).rejects.toMatchObject({ status: 404 });
});

test('R13: one the hotline tells no more counts no more and stays visible; a revocation that is begun asks anew', async () => {
  await told(order('一号', '2026-11-01 09:00'), order('二号', '2026-10-01 09:00'));
  const id = await aQualification(walker());
  expect(await seen(id)).toMatchObject({ counts: { all: 2, open: 0, upheld: 0 } });
  await told(order('二号', '2026-10-01 09:00', { status: 'redo' }));
  await (await api('commission1')).ask({ id });
  await expect((await api('commission1')).ask({ id })).rejects.toMatchObject({ code: 'WAITING' });
  await it.settle();
  const view = await seen(id);
  expect(view.counts).toEqual({ all: 1, open: 1, upheld: 0 });
  expect(view.rows.map((row) => [row.orderNo, row.withdrawn])).toEqual([
    ['一号', true],
    ['二号', false],
  ]);
  await told(order('三号', '2026-11-22 09:00'));
  await takeStep(walker(), id, 'officer', 'offerHearing');
  await it.settle();
  expect((await seen(id)).rows.filter((row) => !row.withdrawn).map((row) => row.orderNo)).toEqual(['三号']);
});

test('R13: the hotline fails in every way: the question waits, and is answered by itself; refused and given up are no answer', async () => {
  await told(order('一号', '2026-11-01 09:00'));
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
  expect(await seen(id)).toMatchObject({ status: 'answered', counts: { all: 1 } });
  await strike({ kind: 'refuse', code: '4030', message: '超出授权场景' }, 1);
  await (await api('commission1')).ask({ id });
  await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'refused', text: expect.stringContaining('4030'), askable: true });
  await strike({ kind: 'down' });
  await (await api('commission1')).ask({ id });
  for (let tried = 1; tried <= 29; tried += 1) await it.settle();
  expect(await seen(id)).toMatchObject({ status: 'needs-person', askable: true });
});

test('R13: qualified enterprises are asked about once a day', async () => {
  await told();
  const id = await aQualification(walker());
  expect(await seen(id)).toMatchObject({ status: 'answered', counts: { all: 0 } });
  const parts = it.product.elv.qualifications.desk;
  await told(order('五号', '2026-11-22 09:00'));
  await askDaily(parts, complaintSource, fail);
  await it.settle();
  expect((await seen(id)).rows).toEqual([]);
  it.clock.advance(25 * 3_600_000);
  await Promise.all([askDaily(parts, complaintSource, fail), askDaily(parts, complaintSource, fail)]);
  await it.settle();
  expect((await seen(id)).rows.map((row) => row.orderNo)).toEqual(['五号']);
});

test('R13: questions and praise are no complaints, and a long word hides none', async () => {
  await told(
    order('六号', '2026-11-01 09:00', { appealType: '表扬' }),
    order('七号', '2026-11-02 09:00', { appealType: '咨询' }),
    order('八号', '2026-11-03 09:00', { finding: '部分属实，已责令企业限期整改并在整改后书面答复' }),
  );
  const id = await applyFor(walker());
  await it.settle();
  const view = await seen(id);
  expect(view.rows.map(({ orderNo }) => orderNo)).toEqual(['八号']);
  expect(view).toMatchObject({ status: 'answered', counts: { all: 1 } });
});

test('R13: an enterprise that cannot be asked about is told of and does not keep the others from being asked about', async () => {
  const [first, second] = [await aQualification(walker(1)), await aQualification(walker(3))];
  const { desk } = it.product.elv.qualifications;
  const { rows } = await sql<{ organisation_id: string }>`
    select organisation_id from elv_qualification.standing where entry_id in (${first}, ${second}) order by 1`.execute(
    it.database.db,
  );
  const organisations = {
    ...desk.organisations,
    find: (...[db, id]: Parameters<typeof desk.organisations.find>) =>
      id === rows[0]?.organisation_id ? Promise.resolve(undefined) : desk.organisations.find(db, id),
  };
  it.clock.advance(25 * 3_600_000);
  const failures: unknown[] = [];
  await askDaily({ ...desk, organisations }, complaintSource, (error) => failures.push(error));
  expect(failures).toHaveLength(1);
  const asked = await sql<{ organisation_id: string }>`
    select organisation_id from elv_qualification.complaint_asking where status = 'waiting'`.execute(it.database.db);
  expect(asked.rows).toEqual([rows[1]]);
});

test('R13: what the simulated hotline has from the start is shown without who complained', async () => {
  const id = await applyFor(walker(3));
  await it.settle();
  const { rows } = await seen(id);
  expect(rows).toMatchObject([{ orderNo: 'RX-演示-0004', appealType: '举报', finding: '不属实', overdue: false }]);
});
