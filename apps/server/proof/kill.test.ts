import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { expectSound, factsOfCase } from '#testkit/case-witness.ts';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { type HttpHands, handsOverHttp } from '#testkit/http-hands.ts';
import { type SteadyPeople, steadyPeople } from '#testkit/steady-hands.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real here: everything. The product runs as it is shipped, with its own database and simulators; both are killed at a stroke.

let product: ChildProduct;
let hands: HttpHands;
let people: SteadyPeople;
beforeAll(async () => {
  product = await aChildProduct();
  await product.start();
  hands = handsOverHttp(product.url);
  people = steadyPeople(hands);
}, 120_000);
afterAll(() => product.close(), 60_000);

/** What the product said it had done: it must be there ever after. */
const opened = new Map<string, string>();
const saved = new Map<string, number>();
const taken: { readonly id: string; readonly action: string; readonly key: string; readonly version: number }[] = [];
let stopping = false;

const stepOf = async (who: string, id: string, action: VehicleCaseAction, version: number): Promise<number> => {
  const key = randomUUID();
  const caller = await hands.as(who);
  const input = { reason: '现场核对后写明的原因' };
  const done = await people.untilAnswered(() => caller.step(action, { id, version, key, input }));
  taken.push({ id, action, key, version: done.version });
  return done.version;
};

/** One case from its opening to its end: saved, raised, lowered and discarded, with questions to the police under way. */
const oneCase = async (who: string): Promise<void> => {
  const { cases } = await hands.as(who);
  const key = randomUUID();
  const { id } = await people.untilAnswered(() => cases.open({ key }));
  opened.set(key, id);
  const changes = Object.fromEntries(
    Object.entries(people.papers()).map(([name, now]) => [
      name,
      { was: name === 'registeredWithPolice' ? true : null, now },
    ]),
  );
  const save = await people.untilAnswered(() => cases.saveSection({ id, section: 'papers', changes }));
  saved.set(id, save.version);
  const raised = await stepOf(who, id, 'raiseSupervision', save.version);
  const lowered = await stepOf('commission1', id, 'lowerSupervision', raised);
  await stepOf(who, id, 'discard', lowered);
};

const lives: string[] = [];

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
  const clerks = ['clerk1', 'clerk1b', 'clerk2'];
  // Everybody is signed in before the first stroke.
  await Promise.all([...clerks, 'clerk3', 'desk1', 'commission1'].map((who) => hands.as(who)));
  const load = Promise.all([
    ...clerks.map(working),
    (async () => {
      while (!stopping) lives.push(await people.wholeLife('clerk3'));
    })(),
  ]);
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
  expect([people.repeats() > kills, lives.length > 0]).toEqual([true, true]);

  const { db, close } = openDatabase({ url: product.databaseUrl(), poolSize: 4 });
  try {
    const count = async (text: string): Promise<number> =>
      Number((await sql.raw<{ count: string }>(text).execute(db)).rows[0]?.count);
    expect(await count('select count(*) from elv.vehicle_case')).toBe(opened.size + lives.length);
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
    for (const id of lives) await people.expectWholeLife(db, id);
    const chains = await sql<{ chain: string }>`select chain from kernel.audit_head`.execute(db);
    for (const { chain } of chains.rows) expect(await verifyChain(db, chain)).toMatchObject({ intact: true });
  } finally {
    await close();
  }
});
