import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyVin } from '#apps/simulators/register/family.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { aSystem, type SystemHands } from '#testkit/intake-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { changeNumberMigration } from './vehicle-case.migration.ts';

// Real here: PostgreSQL, web server, transactions that overlap. No outside system answers; the clock is made up.
let it: ServedProduct;
let system: SystemHands;
beforeAll(async () => {
  it = await aServedProduct();
  system = await aSystem(it);
});
afterAll(() => it.close());

const cases = '/intake/cases';
/** A draft, of a different vehicle for each number. */
const draft = (n: number) => ({ reference: `DD-2026-${n}`, sections: { papers: { vin: familyVin(n) } } });

test('R03: changes come in pages, each case once in its order, and from where one left off', async () => {
  await system.call('POST', cases, draft(20));
  it.clock.advance(1_000);
  const before = await system.call('GET', `${cases}?size=200`);
  const opened = [];
  for (const n of [21, 22, 23]) {
    opened.push((await system.call('POST', cases, draft(n))).body.id);
    it.clock.advance(1_000);
  }
  const first = await system.call('GET', `${cases}?size=2&after=${before.body.next}`);
  expect(first.body).toMatchObject({ cases: [{ id: opened[0] }, { id: opened[1] }], more: true });
  const second = await system.call('GET', `${cases}?size=2&after=${first.body.next}`);
  expect(second.body).toMatchObject({ cases: [{ id: opened[2], reference: 'DD-2026-23' }], more: false });
  const third = await system.call('GET', `${cases}?size=2&after=${second.body.next}`);
  expect(third.body).toEqual({ cases: [], next: second.body.next, more: false });
  expect((await system.call('GET', `${cases}?after=made-up`)).status).toBe(400);
  // A place told before changes had numbers: the moment and the id of the case the page ended with.
  const told = first.body.cases[1];
  const place = `${new Date(told.stateSince).getTime()}-${told.id}`;
  const fromMoment = await system.call('GET', `${cases}?size=2&after=${place}`);
  expect(fromMoment.body).toEqual(second.body);
  const newest = second.body.cases[0];
  const last = `${new Date(newest.stateSince).getTime()}-${newest.id}`;
  expect((await system.call('GET', `${cases}?after=${last}`)).body).toMatchObject({ cases: [], more: false });
});

test('R03: a step that takes longer than all others is told once it is over, behind what was told meanwhile', async () => {
  const [slow, quick] = await Promise.all(
    [24, 25].map(async (n) => (await system.call('POST', cases, draft(n))).body.id),
  );
  it.clock.advance(60_000);
  const before = await system.call('GET', `${cases}?size=200`);
  const discard = (tx: Tx, caseId: string) =>
    it.product.elv.desk.engine.performIn(tx, {
      caseId,
      action: 'discard',
      input: undefined,
      expectedVersion: undefined,
      stepKey: randomUUID(),
      actor: { id: 'demo-clerk1', name: '甲', organisationId: 'yard-1', organisationName: '一厂', ip: '' },
      traceId: 't',
      mayAct: () => true,
    });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const { promise: stepped, resolve: step } = Promise.withResolvers<void>();
  const slowStep = inTransaction(it.database.db, async (tx) => {
    expect((await discard(tx, slow)).outcome).toBe('done');
    step();
    await over;
  });
  await stepped;
  it.clock.advance(60_000);
  await inTransaction(it.database.db, (tx) => discard(tx, quick));
  it.clock.advance(60_000);
  const meanwhile = await system.call('GET', `${cases}?after=${before.body.next}`);
  end();
  await slowStep;
  expect(meanwhile.body.cases).toMatchObject([{ id: quick, state: 'discarded' }]);
  const after = await system.call('GET', `${cases}?after=${meanwhile.body.next}`);
  expect(after.body.cases).toMatchObject([{ id: slow, state: 'discarded' }]);
});

test('R03: of two who ask at once while cases change, neither misses a change', async () => {
  const { next: start } = (await system.call('GET', `${cases}?size=200`)).body;
  const seen = [new Set<string>(), new Set<string>()];
  const opening = Promise.all(
    Array.from({ length: 12 }, async (_, n) => (await system.call('POST', cases, draft(30 + n))).body.id),
  );
  const follow = async (known: Set<string>, whole: () => boolean): Promise<void> => {
    let after = start;
    for (let last = false; ; ) {
      const { body } = await system.call('GET', `${cases}?size=3&after=${after}`);
      for (const { id } of body.cases) known.add(id);
      after = body.next;
      if (last && !body.more) return;
      last = whole();
    }
  };
  let opened = false;
  const all = opening.then((ids) => {
    opened = true;
    return ids;
  });
  await Promise.all(seen.map((known) => follow(known, () => opened)));
  const ids = await all;
  for (const known of seen) expect([...known].sort()).toEqual([...ids].sort());
});

test('R03: cases from before changes had numbers get theirs in the order they were told in, and a place told then goes on right there', async () => {
  const all = (await system.call('GET', `${cases}?size=200`)).body;
  expect(all.more).toBe(false);
  const { ownerDb } = it.database;
  await sql`alter table elv.vehicle_case drop column change_no`.execute(ownerDb);
  await sql`drop table elv.change_counter`.execute(ownerDb);
  await sql.raw(changeNumberMigration.sql).execute(ownerDb);
  await sql`grant select, insert, update on elv.change_counter to public`.execute(ownerDb);
  const inOrder = [...all.cases].sort((one, other) =>
    `${one.stateSince} ${one.id}` < `${other.stateSince} ${other.id}` ? -1 : 1,
  );
  const middle = inOrder[Math.floor(inOrder.length / 2)];
  const place = `${new Date(middle.stateSince).getTime()}-${middle.id}`;
  const { body } = await system.call('GET', `${cases}?size=200&after=${place}`);
  expect(body.cases).toEqual(inOrder.slice(inOrder.indexOf(middle) + 1));
  // What changes from then on has a number of its own behind all others.
  const opened = (await system.call('POST', cases, draft(60))).body.id;
  const later = await system.call('GET', `${cases}?size=200&after=${body.next}`);
  expect(later.body.cases.map(({ id }: { id: string }) => id)).toEqual([opened]);
});
