import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { applyFor, aQualification, examine, takeStep } from '#apps/server/demo/qualification-walk.ts';
import { fillEntry } from '#apps/server/demo/registry-walk.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { setPeriod } from '#kernel/settings/setting.store.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
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

test('R10: an application is refused for everything that is missing or does not fit, all at once', async () => {
  const id = await people.open('clerk1');
  const seen = await people.view('clerk1', id);
  const missing = seen.abilities.find(({ action }) => action === 'submit')?.missing ?? [];
  expect(missing.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['application.matter', 'basic.legalRepresentative', 'site.siteAddress', 'photo:site']),
  );
  await fillEntry(
    {
      ...walkerOf(1),
      values: { ...walkerOf(1).values, application: { matter: 'change', statement: '变更法定代表人' } },
    },
    id,
  );
  await expect(people.step('clerk1', id, 'submit')).rejects.toMatchObject({
    problems: [{ path: 'application.matter', message: expect.stringContaining('首次申请') }],
  });
});

test('R10: what is filed is compared with the company register, and what it does not say as filed is lit', async () => {
  const id = await applyFor(walkerOf(3));
  const { register, comparison } = await people.view('commission1', id);
  expect(register).toMatchObject({ status: 'answered', verdict: 'manual' });
  const lit = comparison.filter(({ verdict }) => verdict === 'different').map(({ path }) => path);
  expect(lit).toEqual(['basic.legalRepresentative', 'basic.registeredAddress']);
});

test('R10, R11: five working days to accept, twenty to decide; the visit does not count, an extension adds ten, once', async () => {
  const walker = walkerOf(1);
  const id = await applyFor(walker);
  expect(await deadlineOf(id)).toBe('2026-11-30');
  await takeStep(walker, id, 'officer', 'accept');
  expect(await deadlineOf(id)).toBe('2026-12-21');
  it.clock.set('2026-11-25T02:00:00Z');
  await takeStep(walker, id, 'officer', 'passReview');
  it.clock.set('2026-12-02T02:00:00Z');
  await takeStep(walker, id, 'officer', 'recordOnSite');
  // From the 25th to the 2nd there are five working days that do not count.
  expect(await deadlineOf(id)).toBe('2026-12-28');
  await takeStep(walker, id, 'decider', 'extend');
  expect(await deadlineOf(id)).toBe('2027-01-11');
  await expect(takeStep(walker, id, 'decider', 'extend')).rejects.toMatchObject({ code: 'REFUSED' });
});

test('R11: who accepts late has accepted on receipt, and decides twenty working days from then', async () => {
  const walker = walkerOf(1);
  const id = await applyFor(walker);
  it.clock.set('2026-12-02T02:00:00Z');
  await takeStep(walker, id, 'officer', 'accept');
  expect(await deadlineOf(id)).toBe('2026-12-21');
});

test('R11: what a visit finds unfit is not granted; what is to be mended is visited again', async () => {
  const walker = walkerOf(1);
  const id = await applyFor(walker);
  await takeStep(walker, id, 'officer', 'accept');
  await takeStep(walker, id, 'officer', 'passReview');
  expect(await takeStep(walker, id, 'officer', 'recordOnSite', { conclusion: 'rectify' })).toBe('onSite');
  expect(await takeStep(walker, id, 'officer', 'recordOnSite', { conclusion: 'fail' })).toBe('deciding');
  await expect(takeStep(walker, id, 'decider', 'grant')).rejects.toMatchObject({
    problems: [{ message: '现场评审结论为不符合条件，不能准予' }],
  });
  expect(await takeStep(walker, id, 'decider', 'refuse')).toBe('refused');
});

test('R11: a form tells every fault at its field, and nothing happens', async () => {
  const walker = walkerOf(1);
  const id = await applyFor(walker);
  await takeStep(walker, id, 'officer', 'accept');
  await takeStep(walker, id, 'officer', 'passReview');
  await expect(
    people.step('commission1', id, 'recordOnSite', { visitedOn: '昨天', site: 'bad' }),
  ).rejects.toMatchObject({
    problems: expect.arrayContaining([
      { path: 'input.visitedOn', message: expect.stringContaining('日期') },
      { path: 'input.members', message: '请填写评审人员' },
      { path: 'input.site', message: expect.stringContaining('请选择') },
    ]),
  });
  expect((await people.view('commission1', id)).state).toBe('onSite');
});

test('R10: numbers are given once, by the year, without a gap; the validity is the setting’s', async () => {
  const certificates = [];
  for (const number of [1, 2]) {
    const id = await aQualification(walkerOf(number));
    certificates.push(await people.view(`clerk${number}`, id));
  }
  expect(certificates.map(({ number }) => Number(number?.match(/〕(\d{4})号/)?.[1]))).toEqual([
    expect.any(Number),
    Number(certificates[0]?.number?.match(/〕(\d{4})号/)?.[1]) + 1,
  ]);
  expect(certificates[0]?.validity.validUntil).toBe(plusDays(today(), 1_826));
  const { ownerDb } = it.database;
  await expect(
    sql`insert into elv_qualification.standing select 'yard-9', 'x', certificate_no, status, valid_until, null, changed_at from elv_qualification.standing limit 1`.execute(
      ownerDb,
    ),
  ).rejects.toThrow(/certificate_no/);
});

test('R12: a change is the same record; only what was changed is lit, what was granted stands until it is decided', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  const granted = await people.view('clerk1', id);
  await takeStep(walker, id, 'clerk', 'beginChange');
  const section = (name: string) => granted.sections.find((one) => one.id === name)?.values ?? {};
  await people.save('clerk1', id, 'application', section('application'), {
    matter: 'change',
    statement: '年回收能力扩大',
  });
  await people.save('clerk1', id, 'capacity', section('capacity'), { yearlyCapacity: 90_000 });
  await takeStep(walker, id, 'clerk', 'submit');
  await it.settle();
  const filed = await people.view('commission1', id);
  expect(filed.comparison.filter(({ changed }) => changed).map(({ path }) => path)).toEqual([
    'capacity.yearlyCapacity',
  ]);
  expect([filed.number, filed.standing?.registeredAt]).toEqual([granted.number, granted.standing?.registeredAt]);
  await takeStep(walker, id, 'officer', 'accept');
  await expect(takeStep(walker, id, 'officer', 'passOnPapers')).rejects.toMatchObject({ code: 'REFUSED' });
  await takeStep(walker, id, 'officer', 'passReview');
  await takeStep(walker, id, 'officer', 'recordOnSite');
  await takeStep(walker, id, 'decider', 'grant');
  const after = await people.view('clerk1', id);
  expect(after.number).toBe(granted.number);
  expect(after.validity.validUntil).toBe(granted.validity.validUntil);
  expect(after.sections.find((one) => one.id === 'capacity')?.values.yearlyCapacity).toBe(90_000);
  const submitted = after.timeline.filter(({ action }) => action === 'submit').at(-1);
  expect(submitted?.changes.map(({ title }) => title)).toEqual(['申请事项', '申请说明', '年回收能力']);
});

test('R12: a renewal keeps the number and counts from the last day of what it renews; a refused change leaves all as it was', async () => {
  const walker = walkerOf(2);
  const id = await aQualification(walker);
  const granted = await people.view('clerk2', id);
  const file = async (matter: string) => {
    await takeStep(walker, id, 'clerk', 'beginChange');
    await fillEntry({ ...walker, values: { ...walker.values, application: { matter, statement: '到期前申请' } } }, id);
    await takeStep(walker, id, 'clerk', 'submit');
    await it.settle();
    await examine(walker, id);
  };
  await file('change');
  expect(await takeStep(walker, id, 'decider', 'refuse')).toBe('qualified');
  expect((await people.view('clerk2', id)).validity.validUntil).toBe(granted.validity.validUntil);
  it.clock.set(`${plusDays(String(granted.validity.validUntil), -60)}T02:00:00Z`);
  await file('renewal');
  await takeStep(walker, id, 'decider', 'grant');
  const renewed = await people.view('clerk2', id);
  expect(renewed.number).toBe(granted.number);
  expect(renewed.validity.validUntil).toBe(plusDays(String(granted.validity.validUntil), 1_826));
});

test('R12: a renewal is applied for only shortly before the end, how shortly is a setting, and nothing is renewed unvisited', async () => {
  const walker = walkerOf(3);
  const id = await aQualification(walker);
  const until = String((await people.view('clerk3', id)).validity.validUntil);
  await takeStep(walker, id, 'clerk', 'beginChange');
  const values = { ...walker.values, application: { matter: 'renewal', statement: '到期前申请延续' } };
  await fillEntry({ ...walker, values }, id);
  const early = {
    code: 'REFUSED',
    problems: [{ path: 'application.matter', message: expect.stringContaining(`${plusDays(until, -90)} 起`) }],
  };
  await expect(takeStep(walker, id, 'clerk', 'submit')).rejects.toMatchObject(early);
  it.clock.set(`${plusDays(until, -91)}T02:00:00Z`);
  await expect(takeStep(walker, id, 'clerk', 'submit')).rejects.toMatchObject(early);
  it.clock.set(`${plusDays(until, -90)}T02:00:00Z`);
  await takeStep(walker, id, 'clerk', 'submit');
  await it.settle();
  await takeStep(walker, id, 'officer', 'requestSupplement');
  await takeStep(walker, id, 'clerk', 'resubmit');
  await it.settle();
  await takeStep(walker, id, 'officer', 'accept');
  await expect(takeStep(walker, id, 'officer', 'passOnPapers')).rejects.toMatchObject({
    problems: [{ message: '延续须现场评审' }],
  });
});

test('R10: nobody but the decision writes the certificate', async () => {
  const walker = walkerOf(1);
  const id = await people.open('clerk1');
  await expect(
    people.save('clerk1', id, 'certificate', {}, { certificateNo: '沪拆资〔2026〕9999号' }),
  ).rejects.toMatchObject({ code: 'NOT_EDITABLE' });
  await fillEntry(walker, id);
  expect((await people.view('clerk1', id)).number).toBeNull();
});

test('R11: periods are settings', async () => {
  const { db } = it.database;
  const change = { was: null, value: 8, by: 'test', at: it.clock.now() };
  await inTransaction(db, (tx) => setPeriod(tx, 'elv.period.qualification-accept', change));
  it.clock.advance(6_000);
  const id = await applyFor(walkerOf(1));
  expect(await deadlineOf(id)).toBe('2026-12-03');
  await inTransaction(db, (tx) => setPeriod(tx, 'elv.period.qualification-accept', { ...change, was: 8, value: null }));
  it.clock.advance(6_000);
});
