import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealedTables } from '#apps/server/plans.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { keyRotation } from '#kernel/crypto/rotation.ts';
import { enterPerson, type PeopleClient, peopleAs, personValues } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

let served: ServedProduct;
let admin: PeopleClient;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
});
afterAll(() => served.close());

/** Renews every key of the product and waits until nothing stands under an old one. */
const renewKeys = async (): Promise<unknown> => {
  const { db } = served.database;
  const { clock } = served;
  const rotation = keyRotation({
    db,
    ...softwareEdition(db, Buffer.alloc(32, 7), clock),
    clock,
    tables: sealedTables,
    quietMs: 0,
    onEnd: async () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  await rotation.begin('security1');
  await rotation.settled();
  // The serving process looks for new keys when those it has are some seconds old.
  clock.advance(60_000);
  return rotation.find();
};

test('R42, R55: after keys are renewed people are found by phone and identity number, and read as before', async () => {
  const values: Record<string, unknown> = { ...personValues(970), email: 'wang.wu@example.cn' };
  const { person } = await enterPerson(admin, null, { values });
  expect(await renewKeys()).toMatchObject({ state: 'done', broken: [] });
  const found = async (q: unknown) => (await admin.list({ q: String(q) })).rows.map(({ id }) => id);
  // The first look only begins to read the new keys; the ones after have them.
  await expect.poll(() => found(values.phone)).toEqual([person.id]);
  expect(await found(values.identityNo)).toEqual([person.id]);
  expect((await admin.get({ personId: person.id })).values).toEqual(person.values);
  const reveal = { personId: person.id, field: 'email', reason: '核对联系方式' } as const;
  expect(await admin.reveal(reveal)).toEqual({ value: 'wang.wu@example.cn' });
});

test('R42, R55: whoever the government’s sign-on leads to is still found by identity number after keys are renewed', async () => {
  const indexOfDesk = async () => {
    const { rows } = await sql<{
      identity_index: string;
    }>`select identity_index from governance.user_account where id = 'demo-desk1'`.execute(served.database.ownerDb);
    return rows[0]?.identity_index;
  };
  const before = await indexOfDesk();
  expect(await renewKeys()).toMatchObject({ state: 'done', broken: [] });
  expect(before).toBeTruthy();
  expect(await indexOfDesk()).not.toBe(before);
});
