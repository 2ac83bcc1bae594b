import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { askOperation, likely, withBody } from '#testkit/ask-operation.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';

/** What every permission and every field must withstand, generated from the contract like every-operation. Source: tender R44, T4.1. */
let served: ServedProduct;
let cookie: string;
beforeAll(async () => {
  served = await aServedProduct();
  cookie = await served.signIn('clerk5');
});
afterAll(() => served.close());

/** Gives clerk5 one role of their own with these permissions, and nothing else. */
const allowOnly = async (permissions: readonly string[]): Promise<void> => {
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    served.product.accessList.change(
      tx,
      { by, what: {}, at: served.clock.now(), traceId: 't' },
      ({ roles, holdings, ...list }) => ({
        ...list,
        roles: [
          ...roles.filter(({ id }) => id !== 'drawn'),
          {
            id: 'drawn',
            title: 'drawn',
            level: 'organisation',
            shipped: false,
            grants: permissions.map((permission) => ({ permission, rows: 'all', personal: 'plain' })),
          },
        ],
        holdings: [
          ...holdings.filter(({ subjectId }) => subjectId !== 'demo-clerk5'),
          { subjectId: 'demo-clerk5', roleId: 'drawn' },
        ],
        special: list.special.filter(({ subjectId }) => subjectId !== 'demo-clerk5'),
      }),
    ),
  );
  served.clock.advance(4_000);
};
const named = () =>
  served.product.areas
    .flatMap((area) => area.plan.operations)
    // Citizens come in by a door of their own, which no account opens.
    .filter(({ permission, door }) => permission.includes(':') && door === undefined);
const permissionsAsked = () => [...new Set(named().map(({ permission }) => permission))];

test('R44: whoever may do everything but this one thing may not do it: no permission stands in for another', async () => {
  const all = permissionsAsked();
  expect(all.length).toBeGreaterThan(100);
  for (const missing of all) {
    await allowOnly(all.filter((permission) => permission !== missing));
    for (const operation of named().filter(({ permission }) => permission === missing)) {
      const { status, code } = await askOperation(served, operation, cookie, likely);
      expect([operation.id, status, code]).toEqual([operation.id, 403, 'NOT_PERMITTED']);
    }
  }
}, 180_000);

test('T4.1: whoever may do everything is told which field is wrong, by every operation that reads one', async () => {
  await allowOnly(permissionsAsked());
  const wrong = (operation: Operation): readonly unknown[] =>
    withBody(operation) ? [[], { odd: true }, '长'.repeat(30_000)] : ['长'.repeat(3_000)];
  const untried: string[] = [];
  for (const operation of named()) {
    const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
    const fields = Object.keys((schema as { properties?: object }).properties ?? {});
    // What stands in the path is part of the address: one that cannot be is no address.
    const own = fields.filter((field) => !operation.path.includes(`{${field}}`));
    if (own.length === 0 || operation.body === 'file') continue;
    let tried = 0;
    for (const field of own) {
      const value = wrong(operation).find((one) =>
        operation.input.safeParse({ ...likely, [field]: one }).error?.issues.some(({ path }) => path[0] === field),
      );
      if (value === undefined) continue;
      tried += 1;
      const { url } = addressOf({ ...operation, method: 'POST' }, likely);
      const reply = await served.server.inject({
        method: operation.method,
        url: withBody(operation) ? url : addressOf(operation, { ...likely, [field]: value }).url,
        headers: { ...ownPage, cookie },
        ...(withBody(operation) ? { payload: { ...likely, [field]: value } as object } : {}),
      });
      const { code, problems = [] } = reply.json<{ code: string; problems?: { path: string }[] }>();
      const at = problems.some(({ path }) => path === field || path.startsWith(`${field}.`));
      expect([operation.id, field, reply.statusCode, code, at]).toEqual([operation.id, field, 400, 'MALFORMED', true]);
    }
    if (tried === 0) untried.push(operation.id);
  }
  // Nothing can be wrong with what is only looked for.
  expect(untried).toEqual([]);
}, 180_000);
