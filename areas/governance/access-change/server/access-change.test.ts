import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { workingTimeContract } from '#areas/governance/working-time/model/working-time.contract.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { lint } from '#kernel/lifecycle/lint.ts';
import { noteDecision } from '#practices/proposal/model/proposal.lifecycle.ts';
import { type AccessChanges, accessChanges, customRole } from '#testkit/access-changes.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { anyAccessChange } from '../model/access-change.lifecycle.ts';
import type { AccessChange } from '../model/access-change.ts';
import { accessChangeHooks } from './access-change.flow.ts';

let served: ServedProduct;
let it: AccessChanges;
beforeAll(async () => {
  served = await aServedProduct();
  it = await accessChanges(served);
});
afterAll(() => served.close());

test('R43: the lifecycle of an application is sound', () => {
  expect(lint(anyAccessChange, { exchanges: [], hooks: [...accessChangeHooks, noteDecision] })).toEqual([]);
});

test('R43: a role is given by one and holds only when another has agreed; both steps are signed', async () => {
  const clerk = served.client(workingTimeContract, await served.signIn('clerk2'));
  const { id, summary } = await it.propose(
    customRole('calendar-reader', {
      title: '日历查阅',
      grants: [{ permission: 'governance.working-time:read', rows: 'all', personal: 'masked' }],
    }),
  );
  expect(summary).toBe('新建平台级角色“日历查阅”，权限：期限与日历·查看（全部，个人信息脱敏）');
  await it.step(it.second, 'approve', id);
  const { id: holding } = await it.propose({ kind: 'hold', subjectId: 'demo-clerk2', roleId: 'calendar-reader' });
  await expect(clerk.periods({})).rejects.toMatchObject({ status: 403 });
  await it.step(it.second, 'approve', holding, { opinion: '同意' });
  it.aWhile();
  expect((await clerk.periods({})).length).toBeGreaterThan(0);
  expect(await it.found(it.first, holding)).toMatchObject({
    state: 'approved',
    proposedBy: '朱安演示',
    decidedBy: '秦安演示',
    opinion: '同意',
    summary: '授予 吴一演示（clerk2） 角色“日历查阅”',
  });
  const signed = await sql<{
    action: string;
    signed: boolean;
  }>`select action, signature is not null as signed from kernel.step where case_id = ${holding} order by seq`.execute(
    served.database.db,
  );
  expect(signed.rows).toEqual([
    { action: 'propose', signed: true },
    { action: 'approve', signed: true },
  ]);
  expect(await verifyChain(served.database.db, `governance.access-change:${holding}`)).toMatchObject({ intact: true });
});

test('R43: nobody decides on their own application; they may withdraw it, and nobody else may', async () => {
  const { id } = await it.propose(customRole('own-one'));
  expect(await it.found(it.first, id)).toMatchObject({ actions: ['withdraw'], waitsForAnother: true });
  expect(await it.found(it.second, id)).toMatchObject({ actions: ['approve', 'refuse'], waitsForAnother: false });
  await expect(it.step(it.first, 'approve', id)).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(it.step(it.second, 'withdraw', id)).rejects.toMatchObject({ status: 404 });
  await it.step(it.first, 'withdraw', id);
  await expect(it.step(it.second, 'approve', id)).rejects.toMatchObject({ code: 'REFUSED' });
});

test('R43: a refusal needs its reason and changes nothing', async () => {
  const { id } = await it.propose(customRole('never-made'));
  await expect(it.step(it.second, 'refuse', id, { reason: '否' })).rejects.toMatchObject({
    problems: [{ path: 'input.reason', message: '请写明原因，至少 4 个字' }],
  });
  await it.step(it.second, 'refuse', id, { reason: '与岗位职责不符' });
  expect((await it.first.roles({})).roles.some((role) => role.id === 'never-made')).toBe(false);
});

test('R43: the same click twice is one application', async () => {
  const key = randomUUID();
  const [one, other] = await Promise.all([
    it.propose(customRole('clicked'), key),
    it.propose(customRole('clicked'), key),
  ]);
  expect(one.id).toBe(other.id);
});

test.each<[string, AccessChange, RegExp]>([
  ['a shipped role', customRole('elv-clerk'), /系统自带的角色不能修改/],
  ['dropping a shipped role', { kind: 'drop-role', roleId: 'elv-desk' }, /系统自带的角色不能删除/],
  ['an unknown role', { kind: 'hold', subjectId: 'demo-clerk1', roleId: 'gone' }, /没有这个角色/],
  ['a role already held', { kind: 'hold', subjectId: 'demo-clerk1', roleId: 'elv-clerk' }, /已有这个角色/],
  ['a role not held', { kind: 'release', subjectId: 'demo-clerk1', roleId: 'elv-desk' }, /没有这个角色/],
  ['an unknown person', { kind: 'hold', subjectId: 'nobody', roleId: 'elv-clerk' }, /没有这个人员/],
  [
    'two of the three administrators in one person',
    { kind: 'hold', subjectId: 'demo-admin1', roleId: 'security-auditor' },
    /不能由同一人担任/,
  ],
  [
    'a permission that does not exist',
    customRole('odd', { grants: [{ permission: 'elv.vehicle-case:burn', rows: 'all', personal: 'plain' }] }),
    /不存在的权限/,
  ],
  ['a parent that does not exist', customRole('orphan', { parents: ['gone'] }), /不存在/],
  ['a circle', customRole('circle', { parents: ['circle'] }), /继承了自己/],
])('R43: %s is refused with the reason, before anybody is asked to agree', async (_what, change, words) => {
  await expect(it.propose(change)).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringMatching(words) });
});

test('R43: what became impossible between applying and agreeing is refused then, and the list stays', async () => {
  const change: AccessChange = { kind: 'hold', subjectId: 'demo-clerk3', roleId: 'elv-observer' };
  const [one, other] = [await it.propose(change), await it.propose(change)];
  await it.step(it.second, 'approve', one.id);
  await expect(it.step(it.second, 'approve', other.id)).rejects.toMatchObject({
    problems: [{ message: '此人已有这个角色' }],
  });
  expect(await it.found(it.first, other.id)).toMatchObject({ state: 'proposed' });
});

test('R43: of two edits of one role, the second is refused once the first has changed what it was read against', async () => {
  await it.agree(customRole('twice-edited'));
  const edits = ['甲', '乙'].map((title) => customRole('twice-edited', { title }));
  const ids: string[] = [];
  for (const edit of edits) ids.push((await it.propose(edit)).id);
  await it.step(it.second, 'approve', ids[0] ?? '');
  await expect(it.step(it.second, 'approve', ids[1] ?? '')).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('已被改动') }],
  });
});

test('R43: nobody is left without a second who can agree', async () => {
  const leave = it.propose({ kind: 'release', subjectId: 'demo-security1', roleId: 'security-administrator' });
  await expect(leave).rejects.toMatchObject({ message: '安全管理员不能少于 2 人，请先授予他人' });
});

test('R44: a special denial outweighs every role for its one object and its term, and ends by itself', async () => {
  const clerk = served.client(vehicleCaseContract, await served.signIn('clerk4'));
  const opened = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const at = (hours: number): string => new Date(served.clock.now().getTime() + hours * 3_600_000).toISOString();
  const permission = 'elv.vehicle-case:read';
  await it.agree({
    kind: 'special',
    subjectId: 'demo-clerk4',
    permission,
    targetId: opened.id,
    effect: 'deny',
    from: at(-1),
    until: at(0.2),
  });
  it.aWhile();
  await expect(clerk.get({ id: opened.id })).rejects.toMatchObject({ status: 404 });
  expect((await clerk.list({})).rows.some(({ id }) => id === opened.id)).toBe(false);
  const why = await it.first.why({ subjectId: 'demo-clerk4', permission, target: opened.caseNo });
  expect(why).toMatchObject({
    allowed: false,
    target: opened.caseNo,
    verdict: expect.stringContaining('特定权限禁止'),
  });
  served.clock.advance(13 * 60_000);
  expect((await clerk.list({})).rows.some(({ id }) => id === opened.id)).toBe(true);
});

test('R44: why may, or may not, this person do this: the engine answers with every grant it looked at', async () => {
  const own = served.client(vehicleCaseContract, await served.signIn('clerk5'));
  const { caseNo } = await own.open({ key: randomUUID(), registeredWithPolice: true });
  const ask = (subjectId: string, verb: string) =>
    it.first.why({ subjectId, permission: `elv.vehicle-case:${verb}`, target: caseNo });
  expect(await ask('demo-clerk5', 'edit')).toMatchObject({ allowed: true, verdict: expect.stringMatching(/^能/) });
  expect(await ask('demo-clerk1', 'edit')).toMatchObject({
    allowed: false,
    verdict: expect.stringContaining('数据范围'),
    lines: [{ reaches: false, text: expect.stringContaining('本单位') }],
  });
  expect(await ask('demo-observer1', 'edit')).toMatchObject({ allowed: false, lines: [] });
  await expect(it.first.why({ subjectId: 'nobody', permission: 'elv.vehicle-case:edit' })).rejects.toMatchObject({
    status: 404,
  });
});

test('R44: the matrix shows every role with what it inherits, and every permission has a name', async () => {
  await it.agree(customRole('chief-clerk', { title: '企业经办组长', level: 'organisation', parents: ['elv-clerk'] }));
  const { roles, permissions, state } = await it.first.roles({});
  expect(roles.find(({ id }) => id === 'chief-clerk')?.inherited.length).toBeGreaterThan(5);
  expect(permissions.every(({ title, resource }) => title !== '' && resource !== '')).toBe(true);
  const granted = new Set(roles.flatMap(({ grants }) => grants.map(({ permission }) => permission)));
  const named = new Set(permissions.map(({ permission }) => permission));
  expect([...granted].filter((permission) => !named.has(permission))).toEqual([]);
  expect(state).toMatchObject({ intact: true, what: null });
});

test('T5.5: with a broken list nothing can be agreed to, and whoever looks is told what is wrong', async () => {
  const { id } = await it.propose(customRole('too-late'));
  const { ownerDb } = served.database;
  await sql`update kernel.access_head set version = version + 1`.execute(ownerDb);
  // The process has not looked yet: the step itself finds it.
  await expect(it.step(it.second, 'approve', id)).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('恢复之前不能变更') }],
  });
  it.aWhile();
  await expect(it.first.roles({})).rejects.toMatchObject({ status: 401, message: expect.stringContaining('权限清单') });
  await sql`update kernel.access_head set version = version - 1`.execute(ownerDb);
  it.aWhile();
  expect(await it.first.checkList({})).toMatchObject({ intact: true });
});
