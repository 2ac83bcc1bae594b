import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import type { Field } from '#kernel/fields/field.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { expectSound, factsOfCase } from '#testkit/case-witness.ts';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { type HttpHands, handsOverHttp } from '#testkit/http-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { fillingOf } from '../demo/filling.ts';
import type { Hands } from '../demo/hands.ts';
import { type Walker, walkTo } from '../demo/walk.ts';

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

/** Hands that never give up, and never do a thing twice: what was not answered is sent again under its own key. */
const steady = (): Hands => ({
  open: (...of) => untilAnswered(() => hands.open(...of)),
  save: (who, id, section, before, values) => {
    const now = new Date().toISOString();
    const fields = sections[section].fields as Readonly<Record<string, Field>>;
    // The vehicle came just now, and is dismantled within the minute.
    const told = Object.entries(values).map(([name, value]) => [name, fields[name]?.kind === 'time' ? now : value]);
    return untilAnswered(() => hands.save(who, id, section, before, Object.fromEntries(told)));
  },
  photograph: (who, id, part, key, bytes) => {
    uploaded.set(key, { id, part, sm3: sm3Hex(bytes) });
    return untilAnswered(() => hands.photograph(who, id, part, key, bytes));
  },
  step: async (who, id, action, version, key, input) => {
    try {
      return await untilAnswered(() => hands.step(who, id, action, version, key, input));
    } catch (error) {
      // Something beside the case has moved meanwhile, such as a reading; the key stays.
      if (!(error instanceof Failure) || error.code !== 'STALE') throw error;
      return hands.step(who, id, action, await untilAnswered(() => hands.version(who, id)), key, input);
    }
  },
  view: (...of) => untilAnswered(() => hands.view(...of)),
  version: (...of) => untilAnswered(() => hands.version(...of)),
});

const uploaded = new Map<string, { readonly id: string; readonly part: string; readonly sm3: string }>();
const lives: string[] = [];

/** A whole life, from the papers to the closed case, with its photographs and everything that is said outside. */
const wholeLife = async (who: string): Promise<void> => {
  vehicles += 1;
  const vehicle = familyVehicle(familyVin(10_000 + vehicles));
  if (!vehicle) throw new Error('the family is endless');
  const walker: Walker = {
    hands: steady(),
    clock: systemClock,
    cast: { clerk: who, desk: 'desk1', commission: 'commission1' },
    vehicle,
    registered: true,
    photo: (part) => Buffer.concat([aJpeg(), Buffer.from(`${part} ${vehicle.papers.vin}`)]),
  };
  const { id } = await walker.hands.open(who, randomUUID(), true);
  lives.push(id);
  const answered = async (): Promise<boolean> => {
    const { stateKind, checks } = await walker.hands.view(who, id);
    return stateKind !== 'wait' && checks.every(({ status }) => status !== 'waiting' && status !== 'retrying');
  };
  await walkTo(walker, id, ['closed'], async () => {
    while (!(await answered())) await pause(300);
  });
};

const working = (who: string): Promise<void> =>
  (async () => {
    while (!stopping) await oneCase(who);
  })();

const moreWork = async (steps: number): Promise<void> => {
  const before = taken.length;
  await waitUntil(() => taken.length >= before + steps);
};

const course = ['submit', 'match', 'confirm', 'handOver', 'enter', 'passEntry', 'submitDismantling'].concat([
  'passDismantling',
  'certify',
  'reportDeregistration',
  'acceptDeregistration',
  'collect',
]);

/** Every step of a life was taken once and in order, everything was said once, and every photograph is there as it was taken. */
const expectWholeLife = async (db: Db, id: string): Promise<void> => {
  // A message that a killed server had in hand is carried again when its lease has run out.
  const underWay = ({ status }: { readonly status: string }): boolean => status === 'due' || status === 'leased';
  await waitUntil(async () => !(await factsOfCase(db, id)).sent.some(underWay));
  const facts = await factsOfCase(db, id);
  await expectSound(db, softwareCrypto(Buffer.alloc(32, 7)), facts);
  expect(facts.steps.map(({ action }) => action)).toEqual(course);
  expect(facts.sent.filter(({ status }) => status !== 'answered')).toEqual([]);
  expect(new Set(facts.sent.map(({ exchange, key }) => `${exchange} ${key}`)).size).toBe(facts.sent.length);
  const once = ['submit-scrap-case', 'get-recycling-certificate', 'submit-deregistration', 'notify-recycled'];
  for (const name of once) expect(facts.sent.filter(({ exchange }) => exchange.endsWith(`.${name}`))).toHaveLength(1);

  const { cases } = await hands.as('commission1');
  const { photos } = await cases.get({ id });
  const taken = [...uploaded.values()].filter((one) => one.id === id);
  expect(photos.map(({ part, sm3 }) => `${part} ${sm3}`).sort()).toEqual(
    taken.map(({ part, sm3 }) => `${part} ${sm3}`).sort(),
  );
  for (const { id: photoId, sm3 } of photos) expect(sm3Hex(await hands.content('commission1', id, photoId))).toBe(sm3);
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
      while (!stopping) await wholeLife('clerk3');
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
  expect([repeats > kills, lives.length > 0]).toEqual([true, true]);

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
    for (const id of lives) await expectWholeLife(db, id);
    const chains = await sql<{ chain: string }>`select chain from kernel.audit_head`.execute(db);
    for (const { chain } of chains.rows) expect(await verifyChain(db, chain)).toMatchObject({ intact: true });
  } finally {
    await close();
  }
});
