import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { Grant, RowScope } from '#kernel/access/access.ts';
import type { AccessList, ListedRole } from '#kernel/access/access-list.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import {
  drawnPeople,
  type KnownRow,
  reached,
  reaches,
  rowOfYard,
  statusOf,
  yardDistricts,
} from '#testkit/drawn-rights.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';

/** A case as the test knows it, from who opened it. */
interface Known extends KnownRow {
  readonly id: string;
  readonly photoId: string;
}

const openers = [
  ['clerk1', 'yard-1'],
  ['clerk1b', 'yard-1'],
  ['clerk2', 'yard-2'],
  ['clerk3', 'yard-3'],
] as const;

let served: ServedProduct;
let cases: readonly Known[];
const cookies = new Map<string, string>();

const clientOf = (userName: string): Client<typeof vehicleCaseContract> =>
  served.client(vehicleCaseContract, cookies.get(userName) ?? '');

const openOne = async (userName: string, yard: keyof typeof yardDistricts): Promise<Known> => {
  const { id } = await clientOf(userName).open({ key: randomUUID(), registeredWithPolice: true });
  const url = `/api/elv/vehicle-cases/${id}/photos/vin-rubbing?key=${randomUUID()}`;
  const { body } = await upload(served.server, cookies.get(userName) ?? '', url, aJpeg());
  const { id: photoId } = body as { id: string };
  // Every case of this test is at its beginning.
  return { id, photoId, state: 'intake', ...rowOfYard(userName, yard) };
};

beforeAll(async () => {
  served = await aServedProduct();
  for (const userName of [...openers.map(([name]) => name), 'observer1']) {
    if (!cookies.has(userName)) cookies.set(userName, await served.signIn(userName));
  }
  const opened: Known[] = [];
  for (const [userName, yard] of openers) opened.push(await openOne(userName, yard), await openOne(userName, yard));
  cases = opened;
});
afterAll(() => served.close());

const verbs = ['read', 'edit', 'discard'] as const;
/** Conditions as administrators write them: lines over what cases declare, all or any of which must fit. */
const line: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({ field: fc.constant('district'), in: fc.subarray(Object.values(yardDistricts), { minLength: 1 }) }),
  fc.record({ field: fc.constant('state'), in: fc.subarray(['intake', 'closed'], { minLength: 1 }) }),
);
const lines = fc.array(
  fc.oneof(
    line,
    line.map((one) => ({ not: one })),
  ),
  { minLength: 1, maxLength: 3 },
);
const scope: fc.Arbitrary<RowScope> = fc.oneof(
  lines.map((all) => ({ where: { all } })),
  lines.map((any) => ({ where: { any } })),
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray(Object.values(yardDistricts), { minLength: 1 }) }),
  fc.record({
    where: fc.record({
      not: fc.record({ field: fc.constant('organisation'), in: fc.subarray(Object.keys(yardDistricts)) }),
    }),
  }),
);
const grants: fc.Arbitrary<readonly Grant[]> = fc.array(
  fc.record({
    permission: fc.constantFrom(...verbs).map((verb) => `elv.vehicle-case:${verb}`),
    rows: scope,
    personal: fc.constant('masked' as const),
  }),
  { maxLength: 3 },
);
const exceptions = fc.array(
  fc.record({
    at: fc.nat({ max: 7 }),
    verb: fc.constantFrom(...verbs),
    effect: fc.constantFrom('allow' as const, 'deny' as const),
  }),
  { maxLength: 2 },
);
/** Two roles, the second may inherit from the first; who holds which. */
const rights = fc.record({
  person: fc.constantFrom(...drawnPeople),
  base: grants,
  heir: grants,
  inherits: fc.boolean(),
  held: fc.subarray(['drawn-base', 'drawn-heir']),
  exceptions,
});
type Rights = typeof rights extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** What should be possible, worked out from what was drawn and from nothing of the product. */
const mayDo = (
  { person, base, heir, inherits, held, exceptions: apart }: Rights,
  verb: string,
  one: Known,
): boolean => {
  const at = cases.indexOf(one);
  const special = apart.filter((each) => each.at === at && each.verb === verb);
  if (special.some(({ effect }) => effect === 'deny')) return false;
  if (special.some(({ effect }) => effect === 'allow')) return true;
  const living = [
    ...(held.includes('drawn-base') || (held.includes('drawn-heir') && inherits) ? base : []),
    ...(held.includes('drawn-heir') ? heir : []),
  ];
  return living.some(({ permission, rows }) => permission === `elv.vehicle-case:${verb}` && reaches(rows, person, one));
};

const install = async (drawn: Rights): Promise<void> => {
  const { person, base, heir, inherits, held, exceptions: apart } = drawn;
  const subjectId = `demo-${person.userName}`;
  const now = served.clock.now();
  const role = (id: string, own: readonly Grant[], parents: readonly string[]): ListedRole => ({
    id,
    title: id,
    level: 'platform',
    parents,
    grants: own,
    shipped: false,
  });
  const next = (list: AccessList): AccessList => ({
    ...list,
    roles: [
      ...list.roles.filter(({ shipped }) => shipped),
      role('drawn-base', base, []),
      role('drawn-heir', heir, inherits ? ['drawn-base'] : []),
    ],
    holdings: [
      ...list.holdings.filter((one) => drawnPeople.every(({ userName }) => one.subjectId !== `demo-${userName}`)),
      ...held.map((roleId) => ({ subjectId, roleId })),
    ],
    special: apart.map(({ at, verb, effect }, index) => ({
      id: `s${index}`,
      subjectId,
      permission: `elv.vehicle-case:${verb}`,
      targetId: cases[at]?.id ?? '',
      effect,
      from: new Date(now.getTime() - 1_000),
      until: new Date(now.getTime() + 86_400_000),
      reason: 'drawn',
      approvedBy: 'drawn',
    })),
  });
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    served.product.accessList.change(tx, { by, what: {}, at: now, traceId: 't' }, next),
  );
  served.clock.advance(4_000);
};

test('R44: what list, count, read, file, saving and steps let a person reach is what the drawn rights say', async () => {
  const runs = Number(process.env.ACCESS_RUNS ?? 25);
  await fc.assert(
    fc.asyncProperty(rights, async (drawn) => {
      await install(drawn);
      const person = clientOf(drawn.person.userName);
      const cookie = cookies.get(drawn.person.userName) ?? '';
      const readable = cases.filter((one) => mayDo(drawn, 'read', one));
      const listed = await person.list({ size: 100 }).catch(() => ({ rows: [], total: 0 }));
      expect(new Set(listed.rows.map(({ id }) => id))).toEqual(new Set(readable.map(({ id }) => id)));
      expect(listed.total).toBe(readable.length);
      const summary = await person.summary({}).catch(() => ({ states: [] }));
      expect(summary.states.reduce((sum, { count }) => sum + count, 0)).toBe(readable.length);
      for (const one of cases) {
        const content = `/api/elv/vehicle-cases/${one.id}/photos/${one.photoId}/content`;
        const file = await served.server.inject({ url: content, headers: { cookie } });
        const found = {
          read: reached(await statusOf(person.get({ id: one.id }))),
          file: reached(file.statusCode),
          edit: reached(await statusOf(person.saveSection({ id: one.id, section: 'papers', changes: {} }))),
          discard: await discardReaches(cookie, one.id),
        };
        const may = (verb: string): boolean => mayDo(drawn, verb, one);
        expect(found).toEqual({ read: may('read'), file: may('read'), edit: may('edit'), discard: may('discard') });
      }
    }),
    { numRuns: runs, seed: 20_261_124, interruptAfterTimeLimit: 60_000 },
  );
}, 180_000);

/** A step that comes too late changes nothing, and still tells whether the case was reached. */
const discardReaches = async (cookie: string, id: string): Promise<boolean> => {
  const reply = await served.server.inject({
    method: 'POST',
    url: `/api/elv/vehicle-cases/${id}/steps/discard`,
    headers: { cookie, 'x-requested-with': 'desk' },
    payload: { version: 0, key: randomUUID(), input: {} },
  });
  return reached(reply.statusCode);
};

test('R44: a thousand mixed requests of different people at once never show one a row of another', async () => {
  const give = (list: AccessList): AccessList => ({
    ...list,
    holdings: [
      ...list.holdings.filter(({ subjectId }) => !openers.some(([name]) => subjectId === `demo-${name}`)),
      ...openers.map(([name]) => ({ subjectId: `demo-${name}`, roleId: 'elv-clerk' })),
    ],
    special: [],
  });
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    served.product.accessList.change(tx, { by, what: {}, at: served.clock.now(), traceId: 't' }, give),
  );
  served.clock.advance(4_000);
  const ask = async (index: number): Promise<void> => {
    const [userName, yard] = openers[index % openers.length] ?? openers[0];
    const person = clientOf(userName);
    const one = cases[(index * 7) % cases.length];
    if (!one) throw new Error('no case');
    if (index % 3 === 0) {
      const { rows, total } = await person.list({ size: 100 });
      expect(rows.every(({ enterpriseId }) => enterpriseId === yard)).toBe(true);
      expect(total).toBe(cases.filter(({ organisation }) => organisation === yard).length);
    } else if (index % 3 === 1) {
      expect(await statusOf(person.get({ id: one.id }))).toBe(one.organisation === yard ? 200 : 404);
    } else {
      const { states } = await person.summary({});
      expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(
        cases.filter(({ organisation }) => organisation === yard).length,
      );
    }
  };
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => ask(index)));
}, 120_000);
