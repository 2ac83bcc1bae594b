import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill, openFor } from '#apps/server/demo/walk.ts';
import type { VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { type ActingCase, type CaseFactory, type CaseWish, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 2_000);
});
afterAll(() => it.close());

/** A case in a state late in its life, with a question about its vehicle that the police have not answered yet. */
const lateWith = async (state: VehicleCaseState, wish: CaseWish = {}): Promise<ActingCase> => {
  const walker = cases.walker(wish);
  const acting = { id: await openFor(walker), walker };
  await fill(walker, acting.id, ['papers']);
  it.clock.advance(1);
  await cases.recheck(acting);
  const { sent } = await factsOfCase(it.database.db, acting.id);
  const late = sent.filter(({ exchange }) => exchange === 'police.check-vehicle').at(-1);
  const fault = { kind: 'throttled', retryAfterSeconds: 60 } as const;
  await it.outside.script({ system: 'police', exchange: 'check-vehicle', key: late?.key ?? '', fault });
  await cases.onTo(acting, state);
  return acting;
};

/** As settling does, but the hour stays: alerts look back half of one. */
const carry = async (): Promise<void> => {
  const relay = it.relay();
  await relay.settled();
  await relay.stop();
};

/** The police find out, and the late question is answered; meanwhile the national system has not answered anything new. */
const foundStolen = async ({ walker: { vehicle } }: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = vehicle;
  await it.outside.desk('DELETE', '/faults');
  const slow = { kind: 'throttled', retryAfterSeconds: 30 } as const;
  await it.outside.script({ system: 'national-circulation', exchange: 'submit-scrap-case', times: 1, fault: slow });
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'C' }] });
  await carry();
};

const told = async (id: string) => {
  const { rows } = await sql<{ detail: string }>`select detail from kernel.audit_entry
    where action = 'kernel.relay.answerUnheeded' and chain = ${`elv.vehicle-case:${id}`}`.execute(it.database.db);
  return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
};
const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const marksOf = async ({ id, walker }: ActingCase): Promise<readonly string[]> =>
  (await it.hands.view(walker.cast.commission, id)).marks.map(({ code }) => code);
const checkOf = async ({ id, walker }: ActingCase): Promise<string | undefined> =>
  (await it.hands.view(walker.cast.commission, id)).checks.find(({ kind }) => kind === 'vehicle-status')?.text;

const frozen = '案卷现在不能办理：涉嫌盗抢或在案，已冻结并须向公安报告';
const held = { code: 'REFUSED', problems: expect.arrayContaining([{ path: '', message: frozen }]) };
const freed = async (acting: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = acting.walker.vehicle;
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'A' }] });
  await cases.take(acting, 'liftFreeze');
};

test('R01, R04: a dismantled vehicle that turns out to be stolen is frozen, and goes on only when the commission has lifted that and the police say otherwise', async () => {
  const acting = await lateWith('dismantleReview');
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'dismantleReview', holds: 'frozen', deadlineAt: null });
  expect(await marksOf(acting)).toContain('status-blocked');
  expect(await told(acting.id)).toEqual([]);
  await expect(cases.take(acting, 'passDismantling')).rejects.toMatchObject(held);
  await expect(cases.take(acting, 'returnDismantling')).rejects.toMatchObject(held);

  await freed(acting);
  // Lifted, and what the police said stands until they say something else.
  const stolen = {
    code: 'REFUSED',
    problems: [{ path: 'check:vehicle-status', message: expect.stringMatching(/被盗抢/) }],
  };
  await expect(cases.take(acting, 'passDismantling')).rejects.toMatchObject(stolen);
  await cases.recheck(acting);
  await it.settle();
  await cases.take(acting, 'passDismantling');
});

test('R01, R05, R57: a vehicle found stolen while it is being reported gets no certificate; the one issued is kept, and taken when the case is free, without asking again', async () => {
  const acting = await lateWith('reporting');
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'reporting', holds: 'frozen' });
  for (let hours = 0; hours < 3; hours += 1) await it.settle();
  expect(await factsOf(acting)).toMatchObject({ state: 'reporting', holds: 'frozen' });
  expect((await it.hands.view(acting.walker.cast.commission, acting.id)).certificate).toBeNull();
  const asked = (await it.outside.desk('GET', '/state')) as {
    readonly journal: readonly { readonly exchange: string }[];
  };
  const before = asked.journal.filter(({ exchange }) => exchange === 'get-recycling-certificate').length;

  await freed(acting);
  await it.settle();
  await it.settle();
  expect(await factsOf(acting)).toMatchObject({ state: 'certified', holds: '' });
  const after = (await it.outside.desk('GET', '/state')) as {
    readonly journal: readonly { readonly exchange: string }[];
  };
  expect(after.journal.filter(({ exchange }) => exchange === 'get-recycling-certificate')).toHaveLength(before);
});

test('R01, R57: the national system’s no is taken of a frozen case as well, and leaves it frozen', async () => {
  const acting = await lateWith('reporting');
  await foundStolen(acting);
  const fault = { kind: 'refuse', code: '4002', message: '字典码无效' } as const;
  await it.outside.script({ system: 'national-circulation', exchange: 'submit-scrap-case', times: 1, fault });
  it.clock.advance(60_000);
  await it.settle();
  expect(await factsOf(acting)).toMatchObject({ state: 'reportRefused', holds: 'frozen' });
  await expect(cases.take(acting, 'resendReport')).rejects.toMatchObject(held);
});

test('R01, R07: a certified vehicle that turns out to be stolen is not deregistered', async () => {
  const acting = await lateWith('certified');
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'certified', holds: 'frozen', deadlineAt: null });
  await expect(cases.take(acting, 'reportDeregistration')).rejects.toMatchObject(held);
});

test('R04, R60: what the police decide on a frozen dismantling is not taken, and is decided anew when it is free', async () => {
  const acting = await lateWith('policeReview', { kind: 'T' });
  await it.outside.desk('PUT', '/settings', { decisionDelayMs: 1_500 });
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'policeReview', holds: 'frozen' });
  const decisions = async () =>
    (await it.hands.view(acting.walker.cast.commission, acting.id)).exchanges.filter(
      ({ direction }) => direction === 'in',
    );
  await vi.waitFor(async () => expect(await decisions()).toHaveLength(1), { timeout: 20_000 });
  expect((await decisions())[0]).toMatchObject({ status: 'refused', note: expect.stringContaining('案卷已冻结') });
  expect(await factsOf(acting)).toMatchObject({ state: 'policeReview', holds: 'frozen' });

  await freed(acting);
  await it.outside.desk('PUT', '/settings', { decisionDelayMs: 0 });
  await cases.take(acting, 'resendSupervised');
  await it.settle();
  await vi.waitFor(async () => expect((await factsOf(acting)).state).not.toBe('policeReview'), { timeout: 20_000 });
});

test('R01, R45: of a case that has ended a stolen vehicle stands in its words, in the log and in an alert', async () => {
  const acting = await lateWith('closed');
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'closed', holds: '' });
  expect(await checkOf(acting)).toMatch(/不能冻结.*向公安报告/);
  expect(await told(acting.id)).toEqual([
    expect.objectContaining({ action: 'elv.vehicle-case:freeze', state: 'closed' }),
  ]);
  await it.product.audit.look();
  const { rows } = await sql<{
    rule: string;
  }>`select rule from governance.audit_alert where rule = 'answer-unheeded'`.execute(it.database.db);
  expect(rows).toHaveLength(1);
});
