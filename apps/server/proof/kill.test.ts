import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { expectSound, factsOfCase } from '#testkit/case-witness.ts';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { type HttpHands, handsOverHttp } from '#testkit/http-hands.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { fillingOf } from '../demo/filling.ts';

// Real here: everything. The product runs as it is shipped, with its own database and simulators; both are killed at a stroke.

let product: ChildProduct;
let hands: HttpHands;
beforeAll(async () => {
  product = await aChildProduct();
  await product.start();
  hands = handsOverHttp(product.url);
}, 120_000);
afterAll(() => product.close(), 60_000);

/** What the product said it had done: it must be there ever after. */
const opened = new Map<string, string>();
const saved = new Map<string, number>();
const taken: { readonly id: string; readonly action: string; readonly key: string; readonly version: number }[] = [];
let repeats = 0;
let stopping = false;

const isOutage = (error: unknown): boolean => error instanceof Failure && (error.status === 0 || error.status >= 500);

/** Sends the same call until it is answered; whether an unanswered one was done nobody knows but the product. */
const untilAnswered = async <T>(call: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isOutage(error)) throw error;
      repeats += 1;
      await pause(100);
    }
  }
};

let vehicles = 0;
const papersOf = (): Readonly<Record<string, unknown>> => {
  vehicles += 1;
  const vehicle = familyVehicle(familyVin(10_000 + vehicles));
  if (!vehicle) throw new Error('the family is endless');
  return fillingOf('papers', { vehicle, registered: true, now: new Date() });
};

const stepOf = async (who: string, id: string, action: VehicleCaseAction, version: number): Promise<number> => {
  const key = randomUUID();
  const caller = await hands.as(who);
  const input = { reason: '现场核对后写明的原因' };
  const done = await untilAnswered(() => caller.step(action, { id, version, key, input }));
  taken.push({ id, action, key, version: done.version });
  return done.version;
};

/** One case from its opening to its end: saved, raised, lowered and discarded, with questions to the police under way. */
const oneCase = async (who: string): Promise<void> => {
  const { cases } = await hands.as(who);
  const key = randomUUID();
  const { id } = await untilAnswered(() => cases.open({ key }));
  opened.set(key, id);
  const changes = Object.fromEntries(
    Object.entries(papersOf()).map(([name, now]) => [
      name,
      { was: name === 'registeredWithPolice' ? true : null, now },
    ]),
  );
  const save = await untilAnswered(() => cases.saveSection({ id, section: 'papers', changes }));
  saved.set(id, save.version);
  const raised = await stepOf(who, id, 'raiseSupervision', save.version);
  const lowered = await stepOf('commission1', id, 'lowerSupervision', raised);
  await stepOf(who, id, 'discard', lowered);
};

const working = (who: string): Promise<void> =>
  (async () => {
    while (!stopping) await oneCase(who);
  })();

const moreWork = async (steps: number): Promise<void> => {
  const before = taken.length;
  await waitUntil(() => taken.length >= before + steps);
};

const kills = 5;

test('R45, T3: killed again and again under load, server and database alike, nothing acknowledged is lost and nothing is doubled', {
  timeout: 400_000,
}, async () => {
  const clerks = ['clerk1', 'clerk1b', 'clerk2', 'clerk3'];
  // Everybody is signed in before the first stroke.
  await Promise.all([...clerks, 'commission1'].map((who) => hands.as(who)));
  const load = Promise.all(clerks.map(working));
  for (let kill = 0; kill < kills; kill += 1) {
    await moreWork(9 + kill);
    await product.killServer();
    await product.start();
  }
  for (const databaseFirst of [true, false]) {
    await moreWork(9);
    if (databaseFirst) product.killDatabase();
    await product.killServer();
    if (!databaseFirst) product.killDatabase();
    await product.start();
  }
  // The server itself starts a database that was killed under it, and goes on.
  product.killDatabase();
  await moreWork(9);
  stopping = true;
  await load;
  expect(repeats).toBeGreaterThan(kills);

  const { db, close } = openDatabase({ url: product.databaseUrl(), poolSize: 4 });
  try {
    const count = async (text: string): Promise<number> =>
      Number((await sql.raw<{ count: string }>(text).execute(db)).rows[0]?.count);
    expect(await count('select count(*) from elv.vehicle_case')).toBe(opened.size);
    for (const id of opened.values()) {
      const facts = await factsOfCase(db, id);
      await expectSound(db, softwareCrypto(Buffer.alloc(32, 7)), facts);
      expect(facts.steps.map(({ action }) => action)).toEqual(['raiseSupervision', 'lowerSupervision', 'discard']);
      const saves = facts.audited.filter(({ action }) => action === 'elv.vehicle-case.saveSection').length;
      expect([saves >= 1, facts.version]).toEqual([true, 1 + saves + facts.steps.length]);
      expect(facts.audited.filter(({ action }) => action === 'elv.vehicle-case.open')).toHaveLength(1);
      const asked = facts.sent.map(({ exchange }) => exchange).sort();
      expect(asked).toEqual(['police.check-duplicate-acceptance', 'police.check-vehicle']);
    }
    for (const { id, action, key, version } of taken) {
      const steps = (await factsOfCase(db, id)).steps.filter(({ stepKey }) => stepKey === key);
      expect(steps.map((step) => [step.action, step.version])).toEqual([[action, version]]);
    }
    const chains = await sql<{ chain: string }>`select chain from kernel.audit_head`.execute(db);
    for (const { chain } of chains.rows) expect(await verifyChain(db, chain)).toMatchObject({ intact: true });
  } finally {
    await close();
  }
});
