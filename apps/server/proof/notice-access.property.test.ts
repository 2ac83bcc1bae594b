import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseNotices } from '#areas/elv/vehicle-case/model/vehicle-case.notices.ts';
import type { Grant, RowScope } from '#kernel/access/access.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { type DrawnPerson, drawnPeople, type KnownRow, reaches, yardDistricts } from '#testkit/drawn-rights.ts';
import { holdOnly } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

/** Whose rights are drawn anew. */
const people = [{ userName: 'clerk1', yard: 'yard-1', district: '310115' }, ...drawnPeople] as const;
type Yard = keyof typeof yardDistricts;

let served: ServedProduct;
const clients = new Map<string, Client<typeof noticeContract>>();

beforeAll(async () => {
  served = await aServedProduct();
  for (const { userName } of people)
    clients.set(userName, served.client(noticeContract, await served.signIn(userName)));
});
afterAll(() => served.close());

const { permission } = caseNotices.returned;
const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray(Object.values(yardDistricts), { minLength: 1 }) }),
);
const drawing = fc.record({
  person: fc.constantFrom(...people),
  grants: fc.array(
    fc.record({
      permission: fc.constantFrom(permission, 'elv.vehicle-case:read'),
      rows: scope,
      personal: fc.constant('masked' as const),
    }),
    { maxLength: 3 },
  ),
  told: fc.array(
    fc.record({
      yard: fc.constantFrom(...(Object.keys(yardDistricts) as Yard[])),
      owner: fc.constantFrom(...people.map(({ userName }) => `demo-${userName}`)),
      /** Whose people are told: the yard's, or those of the platform. */
      platform: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
type Drawn = typeof drawing extends fc.Arbitrary<infer One> ? One : never;
type Told = Drawn['told'][number];

const rowOf = ({ yard, owner }: Told): KnownRow => ({ organisation: yard, district: yardDistricts[yard], owner });

/** Told is whoever holds the permission on that very matter, and of an organisation only its own people. */
const hears = (person: DrawnPerson, grants: readonly Grant[], one: Told): boolean =>
  (one.platform || person.yard === one.yard) &&
  grants.some((grant) => grant.permission === permission && reaches(grant.rows, person, rowOf(one)));

let raised = 0;
const raise = async (one: Told): Promise<string> => {
  raised += 1;
  const id = `matter-${raised}`;
  const row = { id, ...rowOf(one) };
  await inTransaction(served.database.db, (tx) =>
    served.product.notices.raise(tx, {
      kind: caseNotices.returned,
      values: { caseNo: `SC20261123${String(raised).padStart(5, '0')}`, plateNo: null },
      matter: { type: 'elv.vehicle-case', id, row },
      occasion: 'step 2',
      organisationId: one.platform ? null : one.yard,
      at: served.clock.now(),
    }),
  );
  return id;
};

const shownTo = async ({ userName }: DrawnPerson): Promise<ReadonlySet<string>> => {
  const { rows } = (await clients.get(userName)?.list({ size: 100 })) ?? { rows: [] };
  return new Set(rows.map(({ matter }) => matter.id));
};

test('R13, R44: whom a notice reaches is whoever the drawn rights let come to its matter, and nobody reads another’s', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async ({ person, grants, told }) => {
      for (const one of people) await holdOnly(served, `demo-${one.userName}`, one === person ? grants : []);
      const ids = new Map<Told, string>();
      for (const one of told) ids.set(one, await raise(one));
      for (const one of people) {
        const shown = await shownTo(one);
        const own = one === person ? grants : [];
        for (const [what, id] of ids)
          expect([one.userName, id, shown.has(id)]).toEqual([one.userName, id, hears(one, own, what)]);
      }
    }),
    { numRuns: Number(process.env.ACCESS_RUNS ?? 20), seed: 20_261_124, interruptAfterTimeLimit: 60_000 },
  );
}, 180_000);
