import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import { enterPerson, firstSignIn, giveRole, type PeopleClient, peopleAs, wholePassword } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { personContract } from '../model/person.contract.ts';

const reason = '人员调离本岗位';

let served: ServedProduct;
let system: PeopleClient;
beforeAll(async () => {
  served = await aServedProduct();
  system = await peopleAs(served, 'admin1');
});
afterAll(() => served.close());

const entered = async (place: string | null, role: string) => {
  const made = await enterPerson(system, place);
  const { person } = made;
  await giveRole(served, person.id, role);
  const client = async () =>
    served.client(personContract, await firstSignIn(served, person.userName, await wholePassword(served, made)));
  return { id: person.id, client };
};
const last = { code: 'LAST_ADMINISTRATOR' };

describe('R42: an end date is no way round the last administrator', () => {
  test('of an enterprise: whoever is left must serve longer', async () => {
    const first = await entered('yard-3', 'enterprise-administrator');
    const client = await first.client();
    const end = (personId: string, validUntil: string | null) => client.setValidity({ personId, validUntil });
    await expect(end(first.id, '2026-11-23')).rejects.toMatchObject(last);
    const second = await entered('yard-3', 'enterprise-administrator');
    expect((await end(second.id, '2027-12-31')).validUntil).toBe('2027-12-31');
    await expect(end(first.id, '2028-06-30')).rejects.toMatchObject(last);
    expect((await end(first.id, '2027-06-30')).validUntil).toBe('2027-06-30');
    expect((await end(first.id, null)).validUntil).toBeNull();
    expect((await end(second.id, '2026-11-24')).validUntil).toBe('2026-11-24');
    // The second one still comes in today, but is not to be counted on.
    await expect(client.disable({ personId: first.id, reason })).rejects.toMatchObject(last);
  });

  test('of the platform', async () => {
    await system.setValidity({ personId: 'demo-newcomer1', validUntil: '2026-11-30' });
    const self = system.setValidity({ personId: 'demo-admin1', validUntil: '2026-11-30' });
    await expect(self).rejects.toMatchObject(last);
  });
});

describe('domain 10.4: two remain to agree, and one to watch', () => {
  test('neither disabling nor an end date leaves fewer than two security administrators; who inherits the role counts', async () => {
    const ids = ['demo-security1', 'demo-security2'] as const;
    for (const personId of ids) {
      await expect(system.disable({ personId, reason })).rejects.toMatchObject(last);
      await expect(system.setValidity({ personId, validUntil: '2027-01-31' })).rejects.toMatchObject({
        ...last,
        message: expect.stringContaining('安全管理员不能少于 2 人'),
      });
    }
    const { database, product, clock } = served;
    const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
    const heir = { id: 'heir', title: '安全管理组长', level: 'platform', grants: [], shipped: false } as const;
    await inTransaction(database.db, (tx) =>
      product.accessList.change(tx, { by, what: {}, at: clock.now(), traceId: 't' }, (list) => ({
        ...list,
        roles: [...list.roles, { ...heir, parents: ['security-administrator'] }],
      })),
    );
    const third = await entered(null, 'heir');
    expect((await system.disable({ personId: ids[0], reason })).status).toBe('disabled');
    await expect(system.disable({ personId: third.id, reason })).rejects.toMatchObject(last);
  });

  test('one auditor stays', async () => {
    await system.disable({ personId: 'demo-auditor1', reason });
    await expect(system.disable({ personId: 'demo-auditor2', reason })).rejects.toMatchObject(last);
  });
});

describe('R42: who shut an account', () => {
  test('an enterprise opens what it shut itself, not what the platform shut', async () => {
    const yard = await peopleAs(served, 'yardadmin1');
    const { person } = await enterPerson(yard, 'yard-1');
    const personId = person.id;
    await yard.disable({ personId, reason });
    expect((await yard.enable({ personId, reason })).status).toBe('active');
    await system.disable({ personId, reason });
    expect((await yard.get({ personId })).abilities).not.toContain('enable');
    // Shutting it once more does not make it the enterprise's.
    await yard.disable({ personId, reason });
    await expect(yard.enable({ personId, reason })).rejects.toMatchObject({ status: 403, code: 'PLATFORM' });
    expect((await system.enable({ personId, reason })).status).toBe('active');
  });
});
