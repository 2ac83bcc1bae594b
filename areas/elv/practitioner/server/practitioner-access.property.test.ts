import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowScope } from '#kernel/access/access.ts';
import type { ListedRole } from '#kernel/access/access-list.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { type PractitionerPeople, practitionerPeople } from '#testkit/practitioner-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

/** Whose rights are drawn anew: two people of yards in different districts, one of none. */
const people = [
  { userName: 'clerk1b', yard: 'yard-1', district: '310115' },
  { userName: 'clerk3', yard: 'yard-3', district: '310114' },
  { userName: 'observer1', yard: null, district: null },
] as const;
type Person = (typeof people)[number];

const yards = [
  ['clerk1', 'yard-1', '310115'],
  ['clerk2', 'yard-2', '310112'],
  ['clerk3', 'yard-3', '310114'],
] as const;
const districts = yards.map(([, , district]) => district);

/** A person at work as the test knows them, from who entered them. */
interface Known {
  readonly id: string;
  readonly conductId: string;
  readonly organisation: string;
  readonly district: string;
  readonly owner: string;
}

let served: ServedProduct;
let hands: PractitionerPeople;
const known: Known[] = [];

beforeAll(async () => {
  served = await aServedProduct();
  hands = practitionerPeople(served);
  for (const [order, [userName, organisation, district]] of yards.entries()) {
    const id = await hands.enter(userName, 700 + order);
    const conductId = await hands.record('commission1', id);
    known.push({ id, conductId, organisation, district, owner: `demo-${userName}` });
  }
  for (const { userName } of people) await hands.as(userName);
});
afterAll(() => served.close());

const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray([...districts], { minLength: 1 }) }),
);
const drawing = fc.record({
  person: fc.constantFrom(...people),
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

const reaches = (rows: RowScope, person: Person, one: Known): boolean => {
  if (rows === 'all') return true;
  if (rows === 'own') return one.owner === `demo-${person.userName}`;
  if (rows === 'own-organisation') return one.organisation === person.yard;
  if (rows === 'own-district') return one.district === person.district;
  // Nothing else is drawn.
  return (rows as { readonly districts: readonly string[] }).districts.includes(one.district);
};
const reaching = ({ person, grants }: Drawn, verb: string, one: Known) =>
  grants.filter(({ permission, rows }) => permission === `elv.practitioner:${verb}` && reaches(rows, person, one));

const install = async ({ person, grants }: Drawn): Promise<void> => {
  const role: ListedRole = { id: 'drawn', title: 'drawn', level: 'platform', grants, shipped: false };
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    served.product.accessList.change(tx, { by, what: {}, at: served.clock.now(), traceId: 't' }, (list) => ({
      ...list,
      roles: [...list.roles.filter(({ shipped }) => shipped), role],
      holdings: [
        ...list.holdings.filter((one) => people.every(({ userName }) => one.subjectId !== `demo-${userName}`)),
        { subjectId: `demo-${person.userName}`, roleId: 'drawn' },
      ],
    })),
  );
  served.clock.advance(4_000);
};

const statusOf = async (work: Promise<unknown>): Promise<number> => {
  try {
    await work;
    return 200;
  } catch (error) {
    if (error instanceof Failure) return error.status;
    throw error;
  }
};

test('R44: whatever roles say, the list, the page, a change and a number in plain go to whom they say, and to nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async (drawn) => {
      await install(drawn);
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
