import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import type { Grant, Role, Subject } from './access.ts';
import { accessListStore, ListBroken } from './access-list.store.ts';
import { type AccessList, listFaults } from './access-list.ts';
import { type ListState, storedAccess } from './stored-access.ts';

const grant = (permission: string): Grant => ({ permission, rows: 'all', personal: 'masked' });
const shipped: readonly Role[] = [
  { id: 'reader', title: '读者', level: 'platform', grants: [grant('library.loan:read')] },
  {
    id: 'system-administrator',
    title: '系统管理员',
    level: 'platform',
    excludes: ['auditor'],
    grants: [grant('library.book:add')],
  },
  { id: 'auditor', title: '审计员', level: 'platform', grants: [grant('library.log:read')] },
];
const person = (id: string, roles: readonly string[]): Subject => ({
  id,
  name: id,
  organisationId: null,
  organisationName: null,
  organisationCode: null,
  districtCode: null,
  roles,
});
const change = (at: Date) => ({
  by: { id: 'u9', name: '安全员', organisationId: null, ip: '127.0.0.1' },
  what: { why: 'test' },
  at,
  traceId: 't',
});

let database: TestDatabase;
let turns: ListState[];
const clock = clockAt('2026-11-23T02:00:00Z');
const crypto = softwareCrypto(Buffer.alloc(32, 7));

const aProcess = () => {
  const { db } = database;
  const store = accessListStore({ crypto, signer: personalSigner(crypto, clock) });
  const access = storedAccess({
    db,
    clock,
    store,
    shipped,
    auditRoles: ['auditor'],
    onTurn: async (state) => {
      turns.push(state);
    },
  });
  const give = (next: (list: AccessList) => AccessList) =>
    inTransaction(db, (tx) => store.change(tx, change(clock.now()), next));
  const hold = (subjectId: string, roleId: string) =>
    give((list) => ({ ...list, holdings: [...list.holdings, { subjectId, roleId }] }));
  return { access, store, give, hold };
};
/** Each process looks for changes every two seconds. */
const aWhile = (): void => clock.advance(2_500);
const byHand = (statement: string) => sql.raw(statement).execute(database.ownerDb);

beforeEach(async () => {
  database = await aDatabase(kernelMigrations);
  turns = [];
});
afterEach(() => database.close());

test('R44: the shipped roles are put in once; a change by one process holds in another within seconds', async () => {
  const [one, other] = [aProcess(), aProcess()];
  await Promise.all([one.access.installRoles(), other.access.installRoles()]);
  expect(one.access.list().version).toBe(1);
  await one.hold('u1', 'reader');
  aWhile();
  await other.access.refresh();
  expect(other.access.rolesOf('u1')).toEqual(['reader']);
  expect(other.access.holds(person('u1', other.access.rolesOf('u1')), 'library.loan:read')).toBe(true);
  expect(await verifyChain(database.db, 'kernel.access-list:list')).toMatchObject({ intact: true });
});

test('R44: changes made at once follow one another and are all there', async () => {
  const { access, hold } = aProcess();
  await access.installRoles();
  await Promise.all(Array.from({ length: 12 }, (_, index) => hold(`u${index}`, 'reader')));
  expect(await access.check()).toMatchObject({ intact: true, version: 13 });
  expect(access.list().holdings).toHaveLength(12);
});

test('R43: a new version of the product brings its roles; an unchanged one changes nothing', async () => {
  const { access } = aProcess();
  await access.installRoles();
  await access.installRoles();
  expect(access.list().version).toBe(1);
});

test.each([
  ['a role given by SQL', `insert into kernel.access_holding values ('u2', 'auditor', 'x')`, 'altered'],
  ['a role taken away by SQL', `delete from kernel.access_holding where subject_id = 'u1'`, 'altered'],
  [
    'a role widened by SQL',
    `update kernel.access_role set definition = replace(definition, 'library.log:read', 'library.book:add')`,
    'altered',
  ],
  ['the version set back', `update kernel.access_head set version = 1`, 'altered'],
  [
    'a special grant by SQL',
    `insert into kernel.access_special values ('s1', 'u1', 'library.book:add', 'b1', 'allow', now(), now() + interval '1 day', 'r', 'u9')`,
    'altered',
  ],
  ['a role that is not even JSON', `update kernel.access_role set definition = '{' where id = 'reader'`, 'altered'],
  ['a role that is nothing', `update kernel.access_role set definition = 'null' where id = 'reader'`, 'altered'],
  [
    'a seal with a foreign key',
    `update kernel.access_seal set public_key = '04' || repeat('ab', 64) where version = 2`,
    'bad-seal',
  ],
  ['a flipped signature', `update kernel.access_seal set signature = reverse(signature) where version = 2`, 'bad-seal'],
  ['all seals removed', 'delete from kernel.access_seal', 'no-seal'],
])('T5.5: %s is found, named and shuts everyone out', async (_what, statement, what) => {
  const { access, hold } = aProcess();
  await access.installRoles();
  await hold('u1', 'reader');
  await byHand(statement);
  expect(await access.check()).toMatchObject({ intact: false, what });
  expect(access.rolesOf('u1')).toEqual([]);
  expect(access.holds(person('u1', ['reader']), 'library.loan:read')).toBe(false);
  expect(turns).toMatchObject([{ intact: false, what }]);
  await expect(hold('u3', 'reader')).rejects.toThrow(ListBroken);
});

test('T5.5: an older list put back whole, with its own good seal, is found by the log', async () => {
  const { access, give, hold } = aProcess();
  await access.installRoles();
  await hold('u1', 'reader');
  await give((list) => ({ ...list, holdings: [] }));
  const mac = await crypto.hmac('access-holding', 'u1 reader');
  await byHand(`insert into kernel.access_holding values ('u1', 'reader', '${mac}')`);
  await byHand('delete from kernel.access_seal where version = 3');
  await byHand('update kernel.access_head set version = 2');
  expect(await access.check()).toMatchObject({ intact: false, what: 'replayed' });
});

test('T5.5: while the list is broken auditors are admitted by their own mark, a forged one is not, and all is well once it is restored', async () => {
  const { access, hold } = aProcess();
  await access.installRoles();
  await hold('u1', 'reader');
  await hold('u8', 'auditor');
  await byHand(`insert into kernel.access_holding values ('u2', 'auditor', 'forged')`);
  aWhile();
  await byHand('update kernel.access_head set version = 99');
  await access.refresh();
  expect(['u1', 'u2', 'u8'].map((id) => access.rolesOf(id))).toEqual([[], [], ['auditor']]);
  expect(access.holds(person('u8', ['auditor']), 'library.log:read')).toBe(true);
  await byHand(`delete from kernel.access_holding where subject_id = 'u2'`);
  await byHand('update kernel.access_head set version = 3');
  aWhile();
  await access.refresh();
  expect(access.rolesOf('u1')).toEqual(['reader']);
  expect(turns.map(({ intact }) => intact)).toEqual([false, true]);
});

test('T5.5: rows changed by SQL are found within the hour even when nothing else changes', async () => {
  const { access, hold } = aProcess();
  await access.installRoles();
  await hold('u1', 'reader');
  await access.check();
  await byHand(`delete from kernel.access_holding where subject_id = 'u1'`);
  clock.advance(3_600_000);
  await access.refresh();
  expect(turns).toMatchObject([{ intact: false, what: 'altered' }]);
});

test('T5.5: the serving user can neither change nor remove a seal', async () => {
  await expect(sql`update kernel.access_seal set digest = 'x'`.execute(database.db)).rejects.toThrow(
    /permission denied/,
  );
  await expect(sql`delete from kernel.access_seal`.execute(database.db)).rejects.toThrow(/permission denied/);
});

const known = new Set(['library.loan:read']);
const listed = (roles: readonly Role[], holdings: AccessList['holdings'] = []): AccessList => ({
  version: 1,
  roles: roles.map((role) => ({ ...role, shipped: false })),
  holdings,
  special: [],
});
const role = (id: string, more: Partial<Role> = {}): Role => ({
  id,
  title: id,
  level: 'platform',
  grants: [],
  ...more,
});

test('T5.5: a damaged signing key shuts the doors of a process that starts on it, and stops nothing', async () => {
  const { access, hold } = aProcess();
  await access.installRoles();
  await hold('u1', 'reader');
  await byHand(`update kernel.signing_key set sealed_private_key = 'x' where owner_id = 'service:access-list'`);
  const fresh = aProcess();
  await fresh.access.installRoles();
  expect(fresh.access.state()).toMatchObject({ intact: false, what: 'bad-seal' });
  expect([fresh.access.admits('u1'), fresh.access.rolesOf('u1')]).toEqual([false, []]);
});

test('R43: permissions of two who exclude each other may not be gathered from single grants either', () => {
  const shippedRole = (id: string, excludes: readonly string[], permission: string) => ({
    ...role(id, { excludes, grants: [grant(permission)] }),
    shipped: true,
  });
  const roles = [
    shippedRole('builder', ['watcher'], 'library.book:add'),
    shippedRole('watcher', ['builder'], 'library.loan:read'),
    { ...role('mixed', { grants: ['library.book:add', 'library.loan:read'].map(grant) }), shipped: false },
  ];
  const list: AccessList = { version: 1, roles, holdings: [{ subjectId: 'u1', roleId: 'mixed' }], special: [] };
  expect(listFaults(list, new Set(['library.book:add', 'library.loan:read']))).toEqual([
    '“builder”与“watcher”的权限不能集中于一人',
  ]);
});

test('R43: what is wrong with a list is said in words', () => {
  const excluding = [role('a', { excludes: ['b'] }), role('b'), role('under-b', { parents: ['b'] })];
  const both = ['a', 'under-b'].map((roleId) => ({ subjectId: 'u1', roleId }));
  expect(listFaults(listed(excluding, both), known)).toEqual(['“a”与“under-b”不能由同一人担任']);
  expect(listFaults(listed([role('a', { parents: ['b'] }), role('b', { parents: ['a'] })]), known)).toEqual([
    '角色“a”绕一圈继承了自己，请去掉其中一级继承',
    '角色“b”绕一圈继承了自己，请去掉其中一级继承',
  ]);
  expect(listFaults(listed([role('a', { parents: ['gone'], grants: [grant('library.loan:burn')] })]), known)).toEqual([
    '角色“a”继承的角色 gone 不存在',
    '角色“a”含有不存在的权限 library.loan:burn',
  ]);
  expect(listFaults(listed([role('a')], [{ subjectId: 'u1', roleId: 'gone' }]), known)).toEqual([
    '角色 gone 不存在，不能授予',
  ]);
  expect(listFaults(listed([role('a'), role('b', { parents: ['a'] })]), known)).toEqual([]);
});
