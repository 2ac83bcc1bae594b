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

const foundStolen = async ({ walker: { vehicle } }: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = vehicle;
  await it.outside.desk('DELETE', '/faults');
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'C' }] });
  // As settling does, but the hour stays: alerts look back half of one.
  const relay = it.relay();
  await relay.settled();
  await relay.stop();
};

const told = async (id: string) => {
  const { rows } = await sql<{ detail: string }>`select detail from kernel.audit_entry
    where action = 'kernel.relay.answerUnheeded' and chain = ${`elv.vehicle-case:${id}`}`.execute(it.database.db);
  return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
};
const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
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
  const { sent } = await factsOf(acting);
  expect(sent.filter(({ exchange, status }) => exchange === 'police.check-vehicle' && status === 'due')).toHaveLength(
    1,
  );
  expect(await told(acting.id)).toHaveLength(1);
});
