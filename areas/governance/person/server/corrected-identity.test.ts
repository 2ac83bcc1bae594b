import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import { anIdentityNo, enterPerson, firstSignIn, type PeopleClient, peopleAs, wholePassword } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

// Real: the whole product behind its web server, on PostgreSQL.

let served: ServedProduct;
let admin: PeopleClient;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
});
afterAll(() => served.close());

const comeIn = async (organisationId: string | null) => {
  const entered = await enterPerson(admin, organisationId);
  const cookie = await firstSignIn(served, entered.person.userName, await wholePassword(served, entered));
  await sql`insert into governance.sign_on_binding (issuer, subject, user_id, bound_at)
    values ('https://gov', ${entered.person.id}, ${entered.person.id}, now())`.execute(served.database.db);
  return { id: entered.person.id, cookie };
};
const standing = async (id: string) => {
  const { rows } = await sql<{ index: string | null; bindings: string; open: string }>`
    select u.identity_index as index,
      (select count(*) from governance.sign_on_binding b where b.user_id = u.id) as bindings,
      (select count(*) from governance.session s where s.user_id = u.id and s.ended_at is null) as open
    from governance.user_account u where u.id = ${id}`.execute(served.database.db);
  return rows[0];
};
const edit = async (id: string, changes: Readonly<Record<string, unknown>>) =>
  admin.edit({ personId: id, version: (await admin.get({ personId: id })).version, changes });

test.each([[null], ['yard-2']])(
  'R42: a corrected identity number unties what the sign-on was bound by, and ends the sessions (place %s)',
  async (place) => {
    const { id } = await comeIn(place);
    await edit(id, { post: '主任科员' });
    expect(await standing(id)).toMatchObject({ bindings: '1', open: '1' });
    await edit(id, { identityNo: anIdentityNo(95_000 + (place === null ? 0 : 1)) });
    expect(await standing(id)).toEqual({ index: null, bindings: '0', open: '0' });
    expect(await lastFactOf(served.database.db, { type: 'governance.person', id })).toMatchObject({
      action: 'governance.person.edit',
      detail: { bindings: 1, ended: 1 },
    });
  },
);

test('R42: an identity number is never cleared: a number of nobody would go on leading to the account', async () => {
  const { id } = await comeIn(null);
  for (const identityNo of ['', null]) await expect(edit(id, { identityNo })).rejects.toMatchObject({ code: 'FAULTY' });
  expect(await standing(id)).toMatchObject({ index: expect.any(String), bindings: '1' });
});
