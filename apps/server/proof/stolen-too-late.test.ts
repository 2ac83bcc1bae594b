import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill, openFor } from '#apps/server/demo/walk.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
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

/** A case in a state in which nothing is frozen any more, with a question about its vehicle that the police have not answered yet. */
const beyondFreezing = async (state: 'dismantleReview' | 'certified'): Promise<ActingCase> => {
  const walker = cases.walker();
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

/** The police are away until what is asked of the case's vehicle would be given up. */
const policeAway = async ({ id }: ActingCase): Promise<void> => {
  await it.outside.script({ system: 'police', exchange: 'check-vehicle', fault: { kind: 'down' } });
  it.clock.advance(3_601_000);
  await sql`update kernel.outbox set failures = 10000 where case_id = ${id} and status = 'due'`.execute(
    it.database.ownerDb,
  );
  await carry();
};

const foundStolen = async ({ walker: { vehicle } }: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = vehicle;
  await it.outside.desk('DELETE', '/faults');
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'C' }] });
  await carry();
};

const told = async (id: string) => {
  const { rows } = await sql<{ detail: string }>`select detail from kernel.audit_entry
    where action = 'kernel.relay.answerUnheeded' and chain = ${`elv.vehicle-case:${id}`}`.execute(it.database.db);
  return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
};
const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const asking = async (acting: ActingCase): Promise<number> =>
  (await factsOf(acting)).sent.filter(({ exchange, status }) => exchange === 'police.check-vehicle' && status === 'due')
    .length;
const marksOf = async ({ id, walker }: ActingCase): Promise<readonly string[]> =>
  (await it.hands.view(walker.cast.commission, id)).marks.map(({ code }) => code);
const checkOf = async ({ id, walker }: ActingCase): Promise<string | undefined> =>
  (await it.hands.view(walker.cast.commission, id)).checks.find(({ kind }) => kind === 'vehicle-status')?.text;

test('R01, R60, R45: a stolen vehicle found too late to be frozen stands on its case and raises an alert, and is frozen once it can be', async () => {
  const acting = await beyondFreezing('dismantleReview');
  await foundStolen(acting);
  expect(await factsOf(acting)).toMatchObject({ state: 'dismantleReview', holds: '' });
  expect(await checkOf(acting)).toMatch(/未能冻结.*向公安报告/);
  expect(await told(acting.id)).toEqual([
    expect.objectContaining({ action: 'elv.vehicle-case:freeze', state: 'dismantleReview' }),
  ]);
  await it.product.audit.look();
  const { rows } = await sql<{
    rule: string;
  }>`select rule from governance.audit_alert where rule = 'answer-unheeded'`.execute(it.database.db);
  expect(rows).toHaveLength(1);

  await it.settle();
  expect(await told(acting.id)).toHaveLength(1);
  await cases.take(acting, 'returnDismantling');
  await it.settle();
  expect(await factsOf(acting)).toMatchObject({ state: 'dismantling', holds: expect.stringContaining('frozen') });
  expect(await checkOf(acting)).not.toMatch(/未能冻结/);
});

test('R01, R60: of a vehicle that is certified already the answer stands with its message too, and is asked for again', async () => {
  const acting = await beyondFreezing('certified');
  await foundStolen(acting);
  expect(await checkOf(acting)).toMatch(/未能冻结/);
  expect(await asking(acting)).toBe(1);
  expect(await told(acting.id)).toHaveLength(1);
});

test('R01, R60: however long the police are away, the warning stands, and they are asked on', async () => {
  const acting = await beyondFreezing('dismantleReview');
  await foundStolen(acting);
  const warning = await checkOf(acting);
  expect(warning).toMatch(/被盗抢/);
  // Nothing says of a case that it is frozen while it is not.
  expect(warning).not.toMatch(/已冻结/);
  await policeAway(acting);
  expect([await checkOf(acting), await asking(acting)]).toEqual([warning, 1]);
  expect(await marksOf(acting)).toContain('status-blocked');

  // Asked by hand meanwhile, which the police do not answer either, and refuse to answer.
  await cases.recheck(acting);
  await policeAway(acting);
  expect(await checkOf(acting)).toBe(warning);
  await it.outside.desk('DELETE', '/faults');
  const fault = { kind: 'refuse', code: '5001', message: '系统维护' } as const;
  await it.outside.script({ system: 'police', exchange: 'check-vehicle', times: 1, fault });
  await cases.recheck(acting);
  await carry();
  expect(await checkOf(acting)).toBe(warning);

  await it.outside.desk('DELETE', '/faults');
  await cases.take(acting, 'returnDismantling');
  await it.settle();
  await it.settle();
  expect(await factsOf(acting)).toMatchObject({ state: 'dismantling', holds: expect.stringContaining('frozen') });
});

test('R01, R05: what is known to be stolen does not go on to its certificate, nor does asking again open the way', async () => {
  const acting = await beyondFreezing('dismantleReview');
  await foundStolen(acting);
  const stolen = {
    code: 'REFUSED',
    problems: [{ path: 'check:vehicle-status', message: expect.stringMatching(/被盗抢/) }],
  };
  await expect(cases.take(acting, 'passDismantling')).rejects.toMatchObject(stolen);
  await it.outside.script({ system: 'police', exchange: 'check-vehicle', fault: { kind: 'down' } });
  await cases.recheck(acting);
  await expect(cases.take(acting, 'passDismantling')).rejects.toMatchObject(stolen);
  await it.outside.desk('DELETE', '/faults');
  await it.settle();

  // The police know nothing against it any more.
  const { papers, owner, policeFile } = acting.walker.vehicle;
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'A' }] });
  await it.settle();
  await it.settle();
  expect(await asking(acting)).toBe(0);
  await cases.take(acting, 'passDismantling');
});

test('R01, R45: asking again by hand neither tells once more nor leaves more than one asking on', async () => {
  const acting = await beyondFreezing('dismantleReview');
  await foundStolen(acting);
  for (let turn = 0; turn < 3; turn += 1) {
    it.clock.advance(60_000);
    await cases.recheck(acting);
    await carry();
  }
  expect(await told(acting.id)).toHaveLength(1);
  it.clock.advance(3_601_000);
  await carry();
  expect([await asking(acting), (await told(acting.id)).length]).toEqual([1, 1]);
  expect(await checkOf(acting)).toMatch(/未能冻结/);
});
