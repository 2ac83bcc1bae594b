import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import type { RowScope } from '#kernel/access/access.ts';
import type { Client } from '#kernel/contract/client.ts';
import { registryContract } from '#practices/registry/model/registry.contract.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import {
  drawnPeople,
  type KnownRow,
  reached,
  reaches,
  rowOfYard,
  statusOf,
  yardDistricts,
} from '#testkit/drawn-rights.ts';
import { holdOnly } from '#testkit/people.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';

const yards = [
  ['clerk1', 'yard-1'],
  ['clerk2', 'yard-2'],
  ['clerk3', 'yard-3'],
] as const;
const districts = Object.values(yardDistricts);

/** An entry as the test knows it, from who declared it. */
interface Known extends KnownRow {
  readonly id: string;
  readonly fileId: string;
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
  for (const [userName, organisation] of yards) {
    const { id } = await clientOf(userName).open({});
    const url = `/api/elv/dismantlers/${id}/files/site?key=${randomUUID()}`;
    const { body } = await upload(served.server, cookies.get(userName) ?? '', url, aJpeg());
    made.push({ id, fileId: (body as { id: string }).id, ...rowOfYard(userName, organisation) });
  }
  entries = made;
});
afterAll(() => served.close());

const verbs = ['read', 'edit', 'beginChange'] as const;
const scope: fc.Arbitrary<RowScope> = fc.oneof(
  fc.constantFrom<RowScope>('all', 'own', 'own-organisation', 'own-district'),
  fc.record({ districts: fc.subarray(districts, { minLength: 1 }) }),
  fc.record({
    where: fc.record({ not: fc.record({ field: fc.constant('district'), in: fc.subarray(districts) }) }),
  }),
);
const drawing = fc.record({
  person: fc.constantFrom(...drawnPeople),
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

const mayDo = ({ person, grants }: Drawn, verb: string, one: Known): boolean =>
  grants.some(({ permission, rows }) => permission === `elv.dismantler:${verb}` && reaches(rows, person, one));

test('R44, R49: what a registry’s list, count, read, file, saving and steps let a person reach is what the drawn rights say', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async (drawn) => {
      const { userName } = drawn.person;
      await holdOnly(served, `demo-${userName}`, drawn.grants);
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
