import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { type Answer, aSystem, type SystemHands } from '#testkit/intake-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { systemStepContract } from '../model/enterprise-system.contract.ts';
import { findSystem } from './enterprise-system.store.ts';
import { sealOf } from './flow.ts';

// Real here: PostgreSQL, web server, both implementations of the signature.
let it: ServedProduct;
const systems: { hands: SystemHands; yard: string; active: boolean }[] = [];
const cases: { id: string; yard: string }[] = [];

/** Makes a system another yard's, as that yard's administrator would have registered it. */
const moved = async ({ id }: SystemHands, yard: string): Promise<void> => {
  const { db, ownerDb } = it.database;
  const found = await findSystem(db, id);
  if (!found) throw new Error('the system is there');
  const seal = await sealOf(it.product.crypto, id, yard, found.record);
  await sql`update elv.enterprise_system set enterprise_id = ${yard}, seal = ${seal} where id = ${id}`.execute(ownerDb);
};

beforeAll(async () => {
  it = await aServedProduct();
  const [own, others, waiting, ended] = [
    await aSystem(it),
    await aSystem(it),
    await aSystem(it, { unconfirmed: true }),
    await aSystem(it),
  ];
  await moved(others, 'yard-2');
  const steps = it.client(systemStepContract, await it.signIn('commission2'));
  await steps.revoke({ id: ended.id, version: 3, key: randomUUID(), input: { reason: '密钥可能泄露' } });
  systems.push({ hands: own, yard: 'yard-1', active: true }, { hands: others, yard: 'yard-2', active: true });
  systems.push({ hands: waiting, yard: 'yard-1', active: false }, { hands: ended, yard: 'yard-1', active: false });
  for (const [who, yard] of [
    ['clerk1', 'yard-1'],
    ['clerk2', 'yard-2'],
    ['clerk3', 'yard-3'],
  ] as const) {
    const clerk = it.client(vehicleCaseContract, await it.signIn(who));
    cases.push({ id: (await clerk.open({ key: randomUUID(), registeredWithPolice: true })).id, yard });
  }
});
afterAll(() => it.close());

const calls: Readonly<Record<string, (system: SystemHands, id: string) => Promise<Answer>>> = {
  read: (system, id) => system.call('GET', `/intake/cases/${id}`),
  save: (system, id) => system.call('PUT', `/intake/cases/${id}/sections/papers`, { changes: {} }),
  photograph: (system, id) => system.photograph(id, 'licence-back'),
};

test('R44: a system in force reaches the cases of its own enterprise and no other’s, by whatever it calls; one that is not in force reaches none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 3 }),
      fc.nat({ max: 2 }),
      fc.constantFrom(...Object.keys(calls)),
      async (which, of, name) => {
        const [system, one] = [systems[which], cases[of]];
        if (!system || !one) throw new Error('drawn beyond what there is');
        const expected = !system.active ? 401 : system.yard === one.yard ? 200 : 404;
        const answer = await calls[name]?.(system.hands, one.id);
        expect([which, one.yard, name, answer?.status]).toEqual([which, one.yard, name, expected]);
      },
    ),
    { numRuns: 40, seed: 20_261_130 },
  );
  // A list shows the own ones alone.
  it.clock.advance(15_000);
  for (const { hands, yard, active } of systems.filter((one) => one.active)) {
    const { body } = await hands.call('GET', '/intake/cases?size=200');
    const ids = body.cases.map(({ id }: { id: string }) => id);
    expect([active, ids]).toEqual([true, cases.filter((one) => one.yard === yard).map(({ id }) => id)]);
  }
}, 60_000);
