import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowScope } from '#kernel/access/access.ts';
import { drawnPeople, type KnownRow, reaches, rowOfYard, statusOf, yardDistricts } from '#testkit/drawn-rights.ts';
import { holdOnly } from '#testkit/people.ts';
import { type PractitionerPeople, practitionerPeople } from '#testkit/practitioner-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

const yards = [
  ['clerk1', 'yard-1'],
  ['clerk2', 'yard-2'],
  ['clerk3', 'yard-3'],
] as const;

/** A person at work as the test knows them, from who entered them. */
interface Known extends KnownRow {
  readonly id: string;
  readonly conductId: string;
}

let served: ServedProduct;
let hands: PractitionerPeople;
const known: Known[] = [];

beforeAll(async () => {
  served = await aServedProduct();
  hands = practitionerPeople(served);
  for (const [order, [userName, organisation]] of yards.entries()) {
    const id = await hands.enter(userName, 700 + order);
    const conductId = await hands.record('commission1', id);
    known.push({ id, conductId, ...rowOfYard(userName, organisation) });
  }
  for (const { userName } of drawnPeople) await hands.as(userName);
});
afterAll(() => served.close());

const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray(Object.values(yardDistricts), { minLength: 1 }) }),
);
const drawing = fc.record({
  person: fc.constantFrom(...drawnPeople),
  grants: fc.array(
    fc.record({
      permission: fc.constantFrom('elv.practitioner:read', 'elv.practitioner:edit', 'elv.practitioner:reveal'),
      rows: scope,
      personal: fc.constantFrom('masked' as const, 'plain' as const),
    }),
    { maxLength: 4 },
  ),
});
type Drawn = typeof drawing extends fc.Arbitrary<infer One> ? One : never;

const reaching = ({ person, grants }: Drawn, verb: string, one: Known) =>
  grants.filter(({ permission, rows }) => permission === `elv.practitioner:${verb}` && reaches(rows, person, one));

test('R44: whatever roles say, the list, the page, a change and a number in plain go to whom they say, and to nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async (drawn) => {
      await holdOnly(served, `demo-${drawn.person.userName}`, drawn.grants);
      const { people: caller } = await hands.as(drawn.person.userName);
      const holds = (verb: string): boolean =>
        drawn.grants.some(({ permission }) => permission === `elv.practitioner:${verb}`);
      const expected = (verb: string, one: Known): number =>
        !holds(verb) ? 403 : reaching(drawn, verb, one).length > 0 ? 200 : 404;
      const listed = holds('read') ? (await caller.list({ size: 100 })).rows.map(({ id }) => id) : [];
      for (const one of known) {
        const read = reaching(drawn, 'read', one);
        expect([one.organisation, listed.includes(one.id)]).toEqual([one.organisation, read.length > 0]);
        expect(await statusOf(caller.get({ id: one.id }))).toBe(expected('read', one));
        const asking = caller.reveal({ id: one.id, field: 'phone', reason: '核对本人身份' });
        expect(await statusOf(asking)).toBe(expected('reveal', one));
        // Nothing is changed by it: what is not there is not changed, and an old version is refused.
        const changing = await statusOf(caller.edit({ id: one.id, version: 0, changes: {} }));
        expect(changing).toBe(expected('edit', one) === 200 ? 409 : expected('edit', one));
        if (read.length === 0) continue;
        const { values, conducts } = await caller.get({ id: one.id });
        const plain = read.some(({ personal }) => personal === 'plain');
        expect([values.phone, conducts[0]?.facts.text === null]).toEqual([
          plain ? '13800130000' : '138****0000',
          !plain,
        ]);
      }
    }),
    { numRuns: 25, seed: 20_261_130 },
  );
}, 120_000);
