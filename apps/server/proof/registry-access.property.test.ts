import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import type { Grant, RowScope } from '#kernel/access/access.ts';
import type { ListedRole } from '#kernel/access/access-list.ts';
import type { Client } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { registryContract } from '#practices/registry/model/registry.contract.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';

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

/** An entry as the test knows it, from who declared it. */
interface Known {
  readonly id: string;
  readonly fileId: string;
  readonly organisation: string;
  readonly district: string;
  readonly owner: string;
}

const contract = registryContract(dismantlerRegistry);
const steps = registryStepContract(dismantlerRegistry);
let served: ServedProduct;
let entries: readonly Known[];
const cookies = new Map<string, string>();
const clientOf = (userName: string): Client<typeof contract> => served.client(contract, cookies.get(userName) ?? '');

beforeAll(async () => {
  served = await aServedProduct();
  for (const userName of [...yards.map(([name]) => name), 'clerk1b', 'observer1'])
    cookies.set(userName, await served.signIn(userName));
  const made: Known[] = [];
  for (const [userName, organisation, district] of yards) {
    const { id } = await clientOf(userName).open({});
    const url = `/api/elv/dismantlers/${id}/files/site?key=${randomUUID()}`;
    const { body } = await upload(served.server, cookies.get(userName) ?? '', url, aJpeg());
    made.push({ id, fileId: (body as { id: string }).id, organisation, district, owner: `demo-${userName}` });
  }
  entries = made;
});
afterAll(() => served.close());

const verbs = ['read', 'edit', 'beginChange'] as const;
const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray([...districts], { minLength: 1 }) }),
  fc.record({
    where: fc.record({ not: fc.record({ field: fc.constant('district'), in: fc.subarray([...districts]) }) }),
  }),
);
const drawing = fc.record({
  person: fc.constantFrom(...people),
  grants: fc.array(
    fc.record({
      permission: fc.constantFrom(...verbs).map((verb) => `elv.dismantler:${verb}`),
      rows: scope,
      personal: fc.constant('masked' as const),
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
  if (typeof rows === 'string') return false;
  if ('districts' in rows) return rows.districts.includes(one.district);
  // The only condition this test draws is "not in one of these districts".
  return !(rows.where as { not: { in: readonly string[] } }).not.in.includes(one.district);
};
const mayDo = ({ person, grants }: Drawn, verb: string, one: Known): boolean =>
  grants.some(({ permission, rows }) => permission === `elv.dismantler:${verb}` && reaches(rows, person, one));

const install = async ({ person, grants }: Drawn): Promise<void> => {
  const subjectId = `demo-${person.userName}`;
  const own: readonly Grant[] = grants;
  const role: ListedRole = { id: 'drawn', title: 'drawn', level: 'platform', grants: own, shipped: false };
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    served.product.accessList.change(tx, { by, what: {}, at: served.clock.now(), traceId: 't' }, (list) => ({
      ...list,
      roles: [...list.roles.filter(({ shipped }) => shipped), role],
      holdings: [
        ...list.holdings.filter((one) => people.every(({ userName }) => one.subjectId !== `demo-${userName}`)),
        { subjectId, roleId: 'drawn' },
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
/** Whether an answer tells that the row was reached; 403 stands where not even the permission is held. */
const reached = (status: number): boolean => status !== 404 && status !== 403;

test('R44, R49: what a registry’s list, count, read, file, saving and steps let a person reach is what the drawn rights say', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async (drawn) => {
      await install(drawn);
      const { userName } = drawn.person;
      const person = clientOf(userName);
      const cookie = cookies.get(userName) ?? '';
      const readable = entries.filter((one) => mayDo(drawn, 'read', one));
      const listed = await person.list({ size: 100 }).catch(() => ({ rows: [], total: 0 }));
      expect(new Set(listed.rows.map(({ id }) => id))).toEqual(new Set(readable.map(({ id }) => id)));
      expect(listed.total).toBe(readable.length);
      const summary = await person.summary({}).catch(() => ({ states: [] }));
      expect(summary.states.reduce((sum, { count }) => sum + count, 0)).toBe(readable.length);
      for (const one of entries) {
        const content = `/api/elv/dismantlers/${one.id}/files/${one.fileId}/content`;
        const file = await served.server.inject({ url: content, headers: { cookie } });
        const late = { id: one.id, version: 0, key: randomUUID() };
        const step = await statusOf(served.client(steps, cookie).beginChange(late));
        const may = (verb: string): boolean => mayDo(drawn, verb, one);
        expect({
          read: reached(await statusOf(person.get({ id: one.id }))),
          file: reached(file.statusCode),
          edit: reached(await statusOf(person.saveSection({ id: one.id, section: 'basic', changes: {} }))),
          // A step that comes too late changes nothing, and still tells whether the entry was reached.
          step: reached(step),
        }).toEqual({ read: may('read'), file: may('read'), edit: may('edit'), step: may('beginChange') });
      }
    }),
    { numRuns: Number(process.env.ACCESS_RUNS ?? 25), seed: 20_261_124, interruptAfterTimeLimit: 60_000 },
  );
}, 180_000);
