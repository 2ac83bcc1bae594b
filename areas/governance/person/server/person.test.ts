import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastFactOf, verifyChain } from '#kernel/audit/trail.store.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import {
  enterPerson,
  firstSignIn,
  holdOnly,
  type PeopleClient,
  peopleAs,
  personValues,
  signInWith,
  wholePassword,
} from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import type { PersonView } from '../model/person.view.ts';

let served: ServedProduct;
let admin: PeopleClient;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
});
afterAll(() => served.close());

const lastFact = ({ id }: { readonly id: string }) => lastFactOf(served.database.db, { type: 'governance.person', id });
const refused = (code: string, field?: string) =>
  expect.objectContaining({
    code,
    ...(field === undefined ? {} : { problems: expect.arrayContaining([expect.objectContaining({ path: field })]) }),
  });

describe('R42: entering people', () => {
  test('a person is entered with everything, masked for whoever entered them', async () => {
    const { person } = await enterPerson(admin, 'yard-1', {
      values: { email: 'li.si@example.cn', post: '经办人', validUntil: '2027-12-31', phone: '13912345678' },
    });
    expect(person).toMatchObject({
      organisationId: 'yard-1',
      post: '经办人',
      districtCode: '310115',
      phone: '139****5678',
      status: 'active',
      validUntil: '2027-12-31',
      mustChange: true,
      roles: [],
      lastSignInAt: null,
    });
    expect(person.values.email).toBe('l***@example.cn');
    expect(person.values.identityNo).toMatch(/^310\*{11}\d{3}[\dX]$/);
  });

  test('nothing personal lies readable in the database or the log', async () => {
    const { person } = await enterPerson(admin, null, { values: { phone: '13977778888', email: 'secret@example.cn' } });
    await admin.edit({ personId: person.id, version: 1, changes: { phone: '13966665555' } });
    const database = await writtenOut(served.database.ownerDb);
    expect(database.find(person.userName)).not.toEqual([]);
    for (const secret of ['13977778888', '13966665555', 'secret@example.cn']) expect(database.find(secret)).toEqual([]);
  });

  test('the initial password leads to nothing but choosing another one', async () => {
    const { person, initialPassword } = await enterPerson(admin, 'yard-1');
    expect((await signInWith(served, person.userName, initialPassword)).stage).toBe('change-password');
    await firstSignIn(served, person.userName, initialPassword);
    const after = await admin.get({ personId: person.id });
    expect(after).toMatchObject({ mustChange: false, openSessions: 1, lastSignInAt: '2026-11-23T02:00:00.000Z' });
    expect((await signInWith(served, person.userName, initialPassword)).status).toBe(403);
  });

  test.each([
    ['yard-1', undefined, '310115'],
    ['yard-1', '310101', '310101'],
    [null, '310112', '310112'],
    [null, undefined, null],
  ])('R44: a person of %s entered for the district %s works for %s', async (place, districtCode, worksFor) => {
    const entered = await enterPerson(admin, place, { values: districtCode ? { districtCode } : {} });
    const cookie = await firstSignIn(served, entered.person.userName, await wholePassword(served, entered));
    const subject = await served.product.sessions.subjectOf(cookie.split('=')[1] ?? '', false);
    expect(subject?.districtCode).toBe(worksFor);
  });

  test('every fault is told at once, at its field', async () => {
    const wrong = admin.create({
      userName: '张三',
      organisationId: 'nowhere',
      values: { name: '王', phone: '1', validUntil: '2020-01-01', nonsense: 1 },
    });
    await expect(wrong).rejects.toMatchObject({ code: 'FAULTY' });
    const problems: { path: string }[] = await wrong.catch((failure) => failure.problems);
    expect(new Set(problems.map(({ path }) => path))).toEqual(
      new Set(['userName', 'organisationId', 'name', 'phone', 'identityNo', 'validUntil', 'nonsense']),
    );
  });

  test('a name and an identity number are taken once, also by two at the same moment', async () => {
    const { person } = await enterPerson(admin, 'yard-2', { userName: 'only.one' });
    await expect(enterPerson(admin, null, { userName: 'Only.One' })).rejects.toEqual(refused('FAULTY', 'userName'));
    const same = { identityNo: personValues(900).identityNo };
    await enterPerson(admin, 'yard-2', { values: same });
    await expect(enterPerson(admin, 'yard-2', { values: same })).rejects.toEqual(refused('FAULTY', 'identityNo'));
    const both = await Promise.allSettled([1, 2].map(() => enterPerson(admin, null, { userName: 'race' })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(person.userName).toBe('only.one');
  });
});

describe('R42: finding people', () => {
  test('by name, user name, organisation, whole phone and whole identity number', async () => {
    const values = { name: '寻找演示', phone: '13511112222', identityNo: personValues(901).identityNo };
    const { person } = await enterPerson(admin, 'yard-5', { userName: 'findme', values });
    for (const q of ['寻找', 'findme', 'FINDME', '13511112222', String(values.identityNo)]) {
      const { rows, total } = await admin.list({ q });
      expect([q, rows.map(({ id }) => id), total]).toEqual([q, [person.id], 1]);
    }
    expect((await admin.list({ q: '奉贤' })).rows.map(({ id }) => id)).toContain(person.id);
    expect((await admin.list({ q: '1351111' })).total).toBe(0);
    expect((await admin.list({ q: '%' })).total).toBe(0);
  });

  test('by status, organisation and role, with an exact total over all pages', async () => {
    const ofYard = await admin.list({ organisationId: 'yard-1' });
    expect(ofYard.rows.every(({ organisationId }) => organisationId === 'yard-1')).toBe(true);
    const clerks = await admin.list({ roleId: 'elv-clerk', size: 100 });
    expect(clerks.rows.map(({ userName }) => userName)).toContain('clerk1b');
    expect(clerks.rows.every(({ roles }) => roles.some(({ id }) => id === 'elv-clerk'))).toBe(true);
    const all = await admin.list({ size: 100 });
    const paged = [];
    for (let page = 1; paged.length < all.total; page += 1) paged.push(...(await admin.list({ size: 7, page })).rows);
    expect(paged.map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id));
    const platform = await admin.list({ organisationId: 'none', size: 100 });
    expect(platform.rows.every(({ organisationId }) => organisationId === null)).toBe(true);
  });
});

describe('R42: changing people', () => {
  test('only what differs is written; the log keeps before and after, sealed values as digests', async () => {
    const { person } = await enterPerson(admin, 'yard-1', { values: { post: '经办人' } });
    const changes = { name: '测试演示', post: '主管', phone: '13700001111' };
    const after = await admin.edit({ personId: person.id, version: person.version, changes });
    expect(after).toMatchObject({ version: 2, post: '主管', phone: '137****1111' });
    const fact = await lastFact(person);
    expect(fact).toMatchObject({ action: 'governance.person.edit', actor: { name: '韩管演示' } });
    expect(fact?.detail.changes).toEqual({
      post: { was: '经办人', now: '主管' },
      phone: { was: expect.stringMatching(/^hmac-sm3:/), now: expect.stringMatching(/^hmac-sm3:/) },
    });
    expect(await verifyChain(served.database.db, `governance.person:${person.id}`)).toMatchObject({ intact: true });
  });

  test('whoever saw an older version is told, and nothing is overwritten', async () => {
    const { person } = await enterPerson(admin, 'yard-1');
    await admin.edit({ personId: person.id, version: 1, changes: { post: '甲' } });
    const late = admin.edit({ personId: person.id, version: 1, changes: { post: '乙' } });
    await expect(late).rejects.toMatchObject({ code: 'CHANGED', status: 409 });
    const both = await Promise.allSettled(
      ['丙', '丁'].map((post) => admin.edit({ personId: person.id, version: 2, changes: { post } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await admin.get({ personId: person.id })).version).toBe(3);
  });

  test('what must not be emptied or is no field is refused', async () => {
    const { person } = await enterPerson(admin, 'yard-1');
    const edit = (changes: Record<string, unknown>) => admin.edit({ personId: person.id, version: 1, changes });
    await expect(edit({ phone: null })).rejects.toEqual(refused('FAULTY', 'phone'));
    await expect(edit({ organisationId: 'yard-2' })).rejects.toEqual(refused('FAULTY', 'organisationId'));
    await expect(edit({ validUntil: '2030-01-01' })).rejects.toEqual(refused('FAULTY', 'validUntil'));
  });

  test('a masked value is shown for a reason, and the log knows the reason but not the value', async () => {
    const { person } = await enterPerson(admin, 'yard-1', { values: { phone: '13488889999' } });
    const reveal = (reason: string) => admin.reveal({ personId: person.id, field: 'phone', reason });
    await expect(reveal('看')).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(await reveal('电话通知其补交证件')).toEqual({ value: '13488889999' });
    expect((await lastFact(person))?.detail).toEqual({ field: 'phone', reason: '电话通知其补交证件' });
  });

  test('R44: what a role hides of a person is not shown for a reason either', async () => {
    const { person } = await enterPerson(admin, 'yard-1', { values: { email: 'li.si@example.cn' } });
    const reader = await peopleAs(served, 'desk2');
    const grants = ['read', 'reveal'].map((verb) => ({
      permission: `governance.person:${verb}`,
      rows: 'all' as const,
      personal: 'masked' as const,
      fields: { phone: 'hidden' as const },
    }));
    await holdOnly(served, 'demo-desk2', grants);
    const reveal = (field: 'phone' | 'email') => reader.reveal({ personId: person.id, field, reason: '核对本人身份' });
    await expect(reveal('phone')).rejects.toMatchObject({ status: 403, code: 'HIDDEN' });
    expect(await reveal('email')).toEqual({ value: 'li.si@example.cn' });
  });
});

describe('R42: care of accounts', () => {
  const reason = '人员调离本岗位';
  let person: PersonView;
  let password: string;
  beforeAll(async () => {
    const entered = await enterPerson(admin, 'yard-1');
    ({ person } = entered);
    password = entered.initialPassword;
  });

  test('a disabled account ends its sessions, lets nobody in, and can be enabled again', async () => {
    const cookie = await firstSignIn(served, person.userName, password);
    const me = () => served.server.inject({ url: '/api/governance/session', headers: { cookie } });
    expect((await me()).statusCode).toBe(200);
    const after = await admin.disable({ personId: person.id, reason });
    expect(after).toMatchObject({ status: 'disabled', openSessions: 0 });
    expect(after.abilities).toContain('enable');
    expect((await me()).statusCode).toBe(401);
    expect((await signInWith(served, person.userName, 'Quite-Other-2026')).stage).toBe('SHUT');
    expect((await lastFact(person))?.detail).toMatchObject({ reason });
    expect((await admin.enable({ personId: person.id, reason })).status).toBe('active');
    expect((await signInWith(served, person.userName, 'Quite-Other-2026')).stage).toBe('full');
  });

  test('a reset password ends sessions, is shown once and must be changed', async () => {
    const reset = await admin.resetPassword({ personId: person.id });
    expect(reset.person).toMatchObject({ mustChange: true, openSessions: 0 });
    expect((await signInWith(served, person.userName, 'Quite-Other-2026')).stage).toBe('WRONG');
    expect((await signInWith(served, person.userName, reset.initialPassword)).stage).toBe('change-password');
    expect(JSON.stringify(await lastFact(person))).not.toContain(reset.initialPassword);
    const { id } = (await admin.list({ q: 'admin1' })).rows.find(({ userName }) => userName === 'admin1') ?? { id: '' };
    await expect(admin.resetPassword({ personId: id })).rejects.toMatchObject({ code: 'YOURSELF' });
  });

  test('a locked account is unlocked', async () => {
    const { person: other, initialPassword } = await enterPerson(admin, 'yard-1');
    await served.database.ownerDb
      .withTables<{ 'governance.user_account': { id: string; locked_until: Date } }>()
      .updateTable('governance.user_account')
      .set({ locked_until: new Date('2026-11-23T03:00:00Z') })
      .where('id', '=', other.id)
      .execute();
    const locked = await admin.get({ personId: other.id });
    expect(locked.status).toBe('locked');
    expect((await admin.list({ status: 'locked' })).rows.map(({ id }) => id)).toEqual([other.id]);
    expect((await admin.unlock({ personId: other.id })).status).toBe('active');
    expect((await signInWith(served, other.userName, initialPassword)).stage).toBe('change-password');
  });

  test('an account serves until the end of its last day', async () => {
    const set = (validUntil: string | null) => admin.setValidity({ personId: person.id, validUntil });
    await expect(set('2026-11-22')).rejects.toMatchObject({ code: 'PAST' });
    expect(await set('2026-11-23')).toMatchObject({ validUntil: '2026-11-23', status: 'active' });
    expect((await admin.list({ status: 'expired' })).total).toBe(0);
    expect(await set(null)).toMatchObject({ validUntil: null });
  });

  test('all sessions of a person are ended', async () => {
    const { person: other, initialPassword } = await enterPerson(admin, 'yard-1');
    const cookie = await firstSignIn(served, other.userName, initialPassword);
    expect(await admin.endSessions({ personId: other.id })).toEqual({ ended: 1 });
    const me = await served.server.inject({ url: '/api/governance/session', headers: { cookie } });
    expect([me.statusCode, me.json().message]).toEqual([401, expect.stringContaining('管理员已将此处的登录退出')]);
  });

  test('the last system administrator cannot be disabled', async () => {
    const { rows } = await admin.list({ roleId: 'system-administrator' });
    const [self, ...others] = [...rows].sort((a) => (a.userName === 'admin1' ? -1 : 1));
    for (const { id } of others) await admin.disable({ personId: id, reason });
    await expect(admin.disable({ personId: self?.id ?? '', reason })).rejects.toMatchObject({
      code: 'LAST_ADMINISTRATOR',
    });
    expect((await admin.get({ personId: self?.id ?? '' })).status).toBe('active');
    for (const { id } of others) await admin.enable({ personId: id, reason });
  });
});

describe('R42: separation of duties', () => {
  test('the system administrator gives no roles and sees no business data', async () => {
    const { person } = await enterPerson(admin, 'yard-1');
    expect(person.abilities).not.toContain('setRoles');
    await expect(admin.setRoles({ personId: person.id, was: [], roles: ['elv-clerk'] })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    const cookie = await served.signIn('admin1');
    const cases = await served.server.inject({ url: '/api/elv/vehicle-cases', headers: { cookie } });
    expect(cases.statusCode).toBe(403);
  });

  test.each(['clerk1', 'desk1', 'observer1', 'security1'])('%s does not manage users', async (userName) => {
    const client = await peopleAs(served, userName);
    await expect(client.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await expect(client.get({ personId: 'demo-clerk1' })).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});
