import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aQualification, takeStep } from '#apps/server/demo/qualification-walk.ts';
import { familyVin } from '#apps/simulators/register/family.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  forgetQualifications,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import { anApplication, successor, withdrawalPeople } from '#testkit/withdrawal-hands.ts';
import { obstacleToAccepting } from './acceptance.ts';

// Real here: PostgreSQL, both engines, web server, relay, wires, simulators. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

const dayMs = 86_400_000;
let it: TestProduct;
let people: QualificationPeople;
let factory: ReturnType<typeof caseFactory>;

beforeAll(async () => {
  it = await aProduct();
  people = qualificationPeople(it);
  factory = caseFactory(it, 4_000);
});
afterAll(() => it.close());

/** Every test has the city to itself. */
beforeEach(async () => {
  await forgetQualifications(it);
  it.clock.set('2026-11-23T02:00:00Z');
});

const walkerOf = (number: number) => qualificationWalker(it, people, number);
const open = async (who: string) =>
  (await it.hands.as(who)).cases.open({ key: randomUUID(), registeredWithPolice: true });
const refusedFor = (words: string) => ({ code: 'NOT_ACCEPTING', message: expect.stringContaining(words) });
const countCases = async (): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) as count from elv.vehicle_case`.execute(it.database.db);
  return Number(rows[0]?.count);
};

test('R13: a suspended enterprise opens no case from that second, is told why, and opens again once resumed', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  await open('clerk1');
  await takeStep(walker, id, 'decider', 'suspend');
  const before = await countCases();
  await expect(open('clerk1')).rejects.toMatchObject(refusedFor('停业整顿'));
  expect(await countCases()).toBe(before);
  // Others go on as they were.
  await open('clerk2');
  await takeStep(walker, id, 'decider', 'resume');
  await open('clerk1');
});

test('R13: a draft that was opened before is not accepted during the suspension; what was accepted before goes on', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  const draft = await factory.at('intake', { clerk: 'clerk1' });
  await factory.prepare(draft, 'submit');
  const returned = await factory.at('deskReview', { clerk: 'clerk1', registered: false });
  const inYard = await factory.at('handedOver', { clerk: 'clerk1' });
  await takeStep(walker, id, 'decider', 'suspend');
  await expect(factory.take(draft, 'submit')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [{ message: expect.stringContaining('停业整顿') }],
  });
  expect((await it.hands.view('clerk1', draft.id)).state).toBe('intake');
  // Accepted before, sent back, filed again: it is finished, not accepted anew.
  await factory.take(returned, 'returnDesk');
  await factory.prepare(returned, 'submit');
  await factory.take(returned, 'submit');
  expect((await it.hands.view('clerk1', returned.id)).state).toBe('deskReview');
  await factory.prepare(inYard, 'enter');
  await factory.take(inYard, 'enter');
  expect((await it.hands.view('clerk1', inYard.id)).state).toBe('entryReview');
});

test('R13: a case sent back is no way to accept another vehicle during the suspension', async () => {
  const walker = walkerOf(1);
  const id = await aQualification(walker);
  const returned = await factory.at('deskReview', { clerk: 'clerk1', registered: false });
  await takeStep(walker, id, 'decider', 'suspend');
  await factory.take(returned, 'returnDesk');
  await factory.prepare(returned, 'submit');
  const { cases } = await it.hands.as('clerk1');
  const vin = { was: returned.walker.vehicle.papers.vin, now: familyVin(4_999) };
  await cases.saveSection({ id: returned.id, section: 'papers', changes: { vin } });
  await it.settle();
  await expect(factory.take(returned, 'submit')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('停业整顿') })]),
  });
});

test.each([
  ['revoke', '被吊销'],
  ['annul', '被撤销'],
  ['cancel', '已注销'],
] as const)('R13: after %s no case is opened', async (action, words) => {
  const walker = walkerOf(2);
  const id = await aQualification(walker);
  if (action === 'revoke') {
    await takeStep(walker, id, 'officer', 'offerHearing');
    // The way to a revocation takes nothing away yet.
    await open('clerk2');
    it.clock.advance(10 * dayMs);
  }
  await takeStep(walker, id, 'decider', action);
  await expect(open('clerk2')).rejects.toMatchObject(refusedFor(words));
});

test('R13: a suspension ends with its last day by itself; a certificate that lapses stops accepting', async () => {
  const walker = walkerOf(3);
  const id = await aQualification(walker);
  await takeStep(walker, id, 'decider', 'suspend');
  await expect(open('clerk3')).rejects.toMatchObject(refusedFor('停业整顿'));
  it.clock.advance(61 * dayMs);
  await open('clerk3');
  it.clock.advance(1_826 * dayMs);
  await expect(open('clerk3')).rejects.toMatchObject(refusedFor('届满'));
});

test('R08, R13: a suspended enterprise takes no vehicle over from another, and can once resumed', async () => {
  const walker = walkerOf(2);
  const id = await aQualification(walker);
  const withdrawing = withdrawalPeople(it);
  const { id: caseId } = await factory.at('handedOver', { clerk: 'clerk1' });
  const application = await anApplication(withdrawing, caseId, 'change-enterprise');
  await withdrawing.step('clerk1', application, 'submit');
  await withdrawing.step('review1', application, 'passInternal');
  expect(await withdrawing.step('commission1', application, 'grant')).toBe('awaitingTakeOver');
  await takeStep(walker, id, 'decider', 'suspend');
  await expect(withdrawing.step(successor.clerk, application, 'takeOver')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('停业整顿') }],
  });
  await takeStep(walker, id, 'decider', 'resume');
  expect(await withdrawing.step(successor.clerk, application, 'takeOver')).toBe('handedOn');
});

test('R13: who accepts and who suspends meet at one row: whoever is first is waited for, and is seen by the other', async () => {
  const walker = walkerOf(4);
  const id = await aQualification(walker);
  const { db } = it.database;
  let suspended = false;
  let suspending: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (tx) => {
    expect(await obstacleToAccepting(tx, 'yard-4', it.clock.now())).toBeNull();
    suspending = takeStep(walker, id, 'decider', 'suspend').then(() => {
      suspended = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    // The acceptance is not over: the suspension waits.
    expect(suspended).toBe(false);
    expect(await obstacleToAccepting(tx, 'yard-4', it.clock.now())).toBeNull();
  });
  await suspending;
  await expect(open('clerk4')).rejects.toMatchObject(refusedFor('停业整顿'));
});

test('R13: of many openings around a suspension each is opened or refused, and none after it', async () => {
  const walker = walkerOf(5);
  const id = await aQualification(walker);
  const before = await countCases();
  const openings = Array.from({ length: 24 }, () => open('clerk5'));
  const suspending = takeStep(walker, id, 'decider', 'suspend');
  const ends = await Promise.allSettled(openings);
  await suspending;
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject(refusedFor('停业整顿'));
  expect(await countCases()).toBe(before + ends.filter(({ status }) => status === 'fulfilled').length);
  const late = await Promise.allSettled(Array.from({ length: 8 }, () => open('clerk5')));
  expect(late.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'rejected'));
});
