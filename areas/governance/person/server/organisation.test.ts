import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rolesOfKind } from '#apps/server/plans.ts';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { creditCheckCharacter } from '#practices/identity-codes/model/social-credit-code.ts';
import { enterPerson, firstSignIn, giveRole, type PeopleClient } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { organisationContract } from '../model/organisation.contract.ts';
import { organisationKinds } from '../model/organisation.fields.ts';
import { personContract } from '../model/person.contract.ts';

let served: ServedProduct;
let admin: Client<typeof organisationContract>;
let people: PeopleClient;
beforeAll(async () => {
  served = await aServedProduct();
  const cookie = await served.signIn('admin1');
  admin = served.client(organisationContract, cookie);
  people = served.client(personContract, cookie);
});
afterAll(() => served.close());

const codeOf = (n: number): string => {
  const first = `91310112MADEMB${String(n).padStart(3, '0')}`;
  return first + creditCheckCharacter(first);
};
const valuesOf = (n: number, more: object = {}) => ({
  name: `测试拆解${n}厂有限公司`,
  creditCode: codeOf(n),
  districtCode: '310112',
  kind: 'dismantler',
  ...more,
});
const faulty = (...fields: string[]) => ({
  code: 'FAULTY',
  problems: expect.arrayContaining(fields.map((path) => expect.objectContaining({ path }))),
});

describe('R42: organisations', () => {
  test('an enterprise can begin: registered, given an administrator, who enters its own people', async () => {
    const made = await admin.register({ values: valuesOf(1) });
    expect(made).toMatchObject({ name: '测试拆解1厂有限公司', kindTitle: '报废机动车回收拆解企业', people: 0 });
    const { person, initialPassword } = await enterPerson(people, made.id);
    await giveRole(served, person.id, 'enterprise-administrator');
    const own = served.client(personContract, await firstSignIn(served, person.userName, initialPassword));
    expect((await enterPerson(own, made.id)).person.districtCode).toBe('310112');
    const { rows, total } = await admin.list({ q: codeOf(1).toLowerCase() });
    expect([total, rows[0]]).toEqual([1, { ...made, people: 2 }]);
  });

  test('what was typed is in the log, and a correction with before and after', async () => {
    const made = await admin.register({ values: valuesOf(2) });
    const object = { type: 'governance.organisation', id: made.id };
    const entered = await lastFactOf(served.database.db, object);
    expect(entered?.detail).toMatchObject({ changes: { creditCode: { was: null, now: codeOf(2) } } });
    const after = await admin.correct({
      organisationId: made.id,
      was: { name: made.name },
      changes: { name: '更名后的拆解厂', districtCode: '310112' },
    });
    expect(after).toMatchObject({ name: '更名后的拆解厂', creditCode: codeOf(2) });
    const fact = await lastFactOf(served.database.db, object);
    expect(fact?.action).toBe('governance.organisation.correct');
    expect(fact?.detail).toEqual({ changes: { name: { was: made.name, now: '更名后的拆解厂' } } });
  });

  test('a credit code is registered once, told at its field; also of two at the same moment, and in corrections', async () => {
    const tried = await Promise.allSettled([1, 2].map(() => admin.register({ values: valuesOf(3) })));
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(admin.register({ values: valuesOf(3) })).rejects.toMatchObject(faulty('creditCode'));
    const other = await admin.register({ values: valuesOf(4) });
    const taken = admin.correct({ organisationId: other.id, was: {}, changes: { creditCode: codeOf(3) } });
    await expect(taken).rejects.toMatchObject(faulty('creditCode'));
  });

  test('every wrong field is told at once', async () => {
    const values = { name: '', creditCode: '91310112MADEMB0000', districtCode: '110101', kind: 'bank' };
    const wrong = admin.register({ values });
    await expect(wrong).rejects.toMatchObject(faulty('name', 'creditCode', 'districtCode', 'kind'));
    await expect(admin.register({ values: { ...valuesOf(5), id: 'x' } })).rejects.toMatchObject(faulty('id'));
  });

  test('whoever saw other values than stand is told, and nothing is written', async () => {
    const made = await admin.register({ values: valuesOf(6) });
    const late = admin.correct({ organisationId: made.id, was: { name: '旧名' }, changes: { name: '新名称' } });
    await expect(late).rejects.toMatchObject({ code: 'CHANGED' });
    const gone = admin.correct({ organisationId: 'nowhere', was: {}, changes: {} });
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each(['yardadmin1', 'security1', 'clerk1'])('%s registers none', async (userName) => {
    const other = served.client(organisationContract, await served.signIn(userName));
    await expect(other.register({ values: valuesOf(7) })).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await expect(other.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  test('every kind the areas know has a name, and no other has', () => {
    expect(Object.keys(organisationKinds).sort()).toEqual(Object.keys(rolesOfKind).sort());
  });
});
