import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { applyFor, aQualification, examine, takeStep } from '#apps/server/demo/qualification-walk.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  forgetQualifications,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated data lake over HTTP. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: QualificationPeople;

beforeAll(async () => {
  it = await aProduct();
  people = qualificationPeople(it);
});
afterAll(() => it.close());

/** Every test has the city to itself, and begins on a Monday morning; no holidays are told to this calendar. */
beforeEach(async () => {
  await forgetQualifications(it);
  it.clock.set('2026-11-23T02:00:00Z');
});

const walkerOf = (number: number) => qualificationWalker(it, people, number);
const today = (): string => shanghaiDay(it.clock.now());
const deadlineOf = async (id: string): Promise<string | null> => {
  const { deadlineAt } = await people.view('commission1', id);
  return deadlineAt && shanghaiDay(new Date(deadlineAt));
};

test('R13: no revocation before the time to ask for a hearing has run out; who asked is heard first, with seven working days’ notice', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'officer', 'offerHearing');
  expect(await deadlineOf(id)).toBe('2026-11-30');
  await expect(takeStep(walker, id, 'decider', 'revoke')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('期满前不能作出吊销决定') }],
  });
  it.clock.set(new Date(endOfShanghaiDay('2026-11-30').getTime() - 60_000).toISOString());
  await expect(takeStep(walker, id, 'decider', 'revoke')).rejects.toMatchObject({ code: 'REFUSED' });
  await takeStep(walker, id, 'clerk', 'requestHearing');
  it.clock.set('2026-12-01T02:00:00Z');
  await expect(takeStep(walker, id, 'officer', 'scheduleHearing', { heldOn: '2026-12-10' })).rejects.toMatchObject({
    problems: [{ path: 'input.heldOn', message: expect.stringContaining('2026-12-10 之后') }],
  });
  await takeStep(walker, id, 'officer', 'scheduleHearing', { heldOn: '2026-12-11' });
  await expect(takeStep(walker, id, 'decider', 'recordHearing')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('尚未到期') }],
  });
  it.clock.set('2026-12-11T02:00:00Z');
  // Who told the enterprise of its right to be heard is a party to the hearing, and does not hold it.
  await expect(takeStep(walker, id, 'officer', 'recordHearing')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('其他人员') }],
  });
  await takeStep(walker, id, 'decider', 'recordHearing');
  expect(await takeStep(walker, id, 'decider', 'revoke')).toBe('revoked');
});

test('R13: too late is too late, and whoever offered the hearing does not revoke', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'officer', 'offerHearing');
  it.clock.set('2026-12-01T02:00:00Z');
  await expect(takeStep(walker, id, 'clerk', 'requestHearing')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('届满') }],
  });
  await expect(people.step('commission1', id, 'revoke', {})).rejects.toMatchObject({ code: 'REFUSED' });
  expect(await takeStep(walker, id, 'decider', 'revoke')).toBe('revoked');
});

test('R13: a revoked enterprise may not apply again before its time; cancelling after does not shorten it', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'officer', 'offerHearing');
  it.clock.set('2026-12-01T02:00:00Z');
  await takeStep(walker, id, 'decider', 'revoke');
  const again = { problems: [{ message: expect.stringContaining('2029-11-30 前不得重新申请') }] };
  await expect(takeStep(walker, id, 'clerk', 'applyAgain')).rejects.toMatchObject(again);
  await expect(takeStep(walker, id, 'clerk', 'submit')).rejects.toMatchObject({ code: 'REFUSED' });
  // An application of the same enterprise leads to the same record, not to a new one.
  expect(await people.open('clerk1')).toBe(id);
  await takeStep(walker, id, 'decider', 'cancel', { ground: 'ended' });
  await expect(takeStep(walker, id, 'clerk', 'applyAgain')).rejects.toMatchObject({ code: 'REFUSED' });
  it.clock.set('2029-12-01T02:00:00Z');
  expect(await takeStep(walker, id, 'clerk', 'applyAgain')).toBe('drafting');
});

test('R13: no suspension before the right to be heard has run out, none that is over already', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await expect(takeStep(walker, id, 'decider', 'suspend', { noticedOn: today() })).rejects.toMatchObject({
    problems: [{ path: 'input.noticedOn', message: expect.stringContaining('申请听证') }],
  });
  await expect(takeStep(walker, id, 'decider', 'suspend', { until: plusDays(today(), -1) })).rejects.toMatchObject({
    problems: [{ path: 'input.until' }],
  });
  await takeStep(walker, id, 'decider', 'suspend', { noticedOn: today(), heard: 'held' });
});

test('R13: what was never granted, or is applied for anew, is not cancelled, and words say so', async () => {
  const walker = walkerOf(1);
  const id = await applyFor(walker);
  const none = { code: 'REFUSED', problems: [{ message: expect.stringContaining('没有可以注销的资质认定书') }] };
  await expect(takeStep(walker, id, 'decider', 'cancel')).rejects.toMatchObject(none);
  await examine(walker, id);
  await takeStep(walker, id, 'decider', 'grant');
  await takeStep(walker, id, 'decider', 'annul');
  await takeStep(walker, id, 'clerk', 'applyAgain');
  const seen = await people.view('commission2', id);
  expect(seen.abilities.map(({ action }) => action)).not.toContain('cancel');
  await expect(takeStep(walker, id, 'decider', 'cancel')).rejects.toMatchObject(none);
});

test('R13: a suspension that runs is lengthened by another, never shortened unseen', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  const first = today();
  await takeStep(walker, id, 'decider', 'suspend', { until: plusDays(first, 60) });
  for (const until of [first, plusDays(first, 60)])
    await expect(takeStep(walker, id, 'decider', 'suspend', { until })).rejects.toMatchObject({
      problems: [{ path: 'input.until', message: expect.stringContaining('提前恢复经营') }],
    });
  it.clock.advance(10 * 86_400_000);
  await takeStep(walker, id, 'decider', 'suspend', { until: plusDays(first, 90) });
  const [note] = (await people.view('clerk1', id)).notes;
  expect(note).toMatchObject({
    title: expect.stringContaining(plusDays(first, 90)),
    text: expect.stringContaining(`自 ${first} 起`),
  });
  await takeStep(walker, id, 'decider', 'resume');
  await takeStep(walker, id, 'decider', 'suspend', { until: plusDays(today(), 5) });
});

test('R13: the enterprise is told and takes note; who else was told stands in the signed step', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'decider', 'suspend');
  const told = await people.view('clerk1', id);
  expect(told.notes).toMatchObject([
    { key: 'suspension', tone: 'danger' },
    {
      title: expect.stringContaining('责令停业整顿'),
      text: expect.stringContaining('公安交通管理部门、生态环境部门、市场监督管理部门'),
    },
  ]);
  const step = told.timeline.at(-1);
  expect(step?.details).toEqual(
    expect.arrayContaining([
      { title: '处罚依据', text: '不再具备资质认定条件，责令停业整顿（715号令第十六条）' },
      { title: '通报公安交通管理部门', text: '是' },
    ]),
  );
  expect(told.mark).toBe('停业整顿');
  const { entries } = await people.as('clerk1');
  expect((await entries.list({})).rows).toMatchObject([{ id, mark: '停业整顿' }]);
  expect((await entries.summary({})).ownNotes).toEqual(told.notes);
  await takeStep(walker, id, 'clerk', 'confirmReceipt');
  expect((await people.view('commission1', id)).notes.map(({ key }) => key)).toEqual(['suspension']);
  await expect(takeStep(walker, id, 'clerk', 'confirmReceipt')).rejects.toMatchObject({ code: 'REFUSED' });
});

test('R10: a year is reviewed once, and none that is to come', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'officer', 'reviewYear');
  await expect(takeStep(walker, id, 'officer', 'reviewYear')).rejects.toMatchObject({
    problems: [{ path: 'input.year', message: '2026 年度已登记过年审' }],
  });
  await expect(takeStep(walker, id, 'officer', 'reviewYear', { year: 2027 })).rejects.toMatchObject({
    problems: [{ path: 'input.year', message: '年度不能晚于今年' }],
  });
});
