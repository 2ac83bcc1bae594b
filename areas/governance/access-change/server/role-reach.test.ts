import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { type AccessChanges, accessChanges, customRole } from '#testkit/access-changes.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

// Which rows and which single values a role reaches, as administrators write it. Real: the whole product, on PostgreSQL.

let served: ServedProduct;
let it: AccessChanges;
beforeAll(async () => {
  served = await aServedProduct();
  it = await accessChanges(served);
});
afterAll(() => served.close());

test('R44: a role’s condition is told in words, and list, read and the engine’s answer go by it', async () => {
  const clerk = served.client(vehicleCaseContract, await served.signIn('clerk2'));
  const kept = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const gone = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  await sql`update elv.vehicle_case set state = 'refused' where id = ${gone.id}`.execute(served.database.ownerDb);
  const where = {
    all: [{ field: 'state', in: ['intake', 'comparing'] }, { not: { field: 'district', in: ['310115'] } }],
  };
  const grants = [{ permission: 'elv.vehicle-case:read', rows: { where }, personal: 'masked' as const }];
  const change = customRole('intake-watcher', { title: '受理监看员', grants });
  const { id, summary } = await it.propose(change);
  const words = '状态为受理登记、公安自动比对，且所在区不为浦东新区';
  expect(summary).toContain(words);
  await it.step(it.second, 'approve', id);
  await it.agree({ kind: 'hold', subjectId: 'demo-clerk1b', roleId: 'intake-watcher' });
  it.aWhile();
  const watcher = served.client(vehicleCaseContract, await served.signIn('clerk1b'));
  const { rows } = await watcher.list({ size: 100 });
  const foreign = rows.filter(({ enterpriseId }) => enterpriseId !== 'yard-1');
  expect(foreign.some((one) => one.id === kept.id)).toBe(true);
  expect(foreign.every(({ state }) => ['intake', 'comparing'].includes(state))).toBe(true);
  expect((await watcher.get({ id: kept.id })).id).toBe(kept.id);
  await expect(watcher.get({ id: gone.id })).rejects.toMatchObject({ status: 404 });
  const asked = { subjectId: 'demo-clerk1b', permission: 'elv.vehicle-case:read', target: gone.caseNo };
  const why = await it.first.why(asked);
  expect(why).toMatchObject({ allowed: false, verdict: expect.stringContaining('数据范围') });
  expect(why.lines.find(({ text }) => text.includes('受理监看员'))).toMatchObject({
    reaches: false,
    text: expect.stringContaining(words),
  });
});

test.each<[string, string, unknown, RegExp]>([
  ['a field of no such thing', 'elv.vehicle-case:read', { field: 'origin', in: ['imported'] }, /不能按“origin”设条件/],
  ['a state there is not', 'elv.vehicle-case:read', { field: 'state', in: ['melted'] }, /条件“状态”没有“melted”/],
  ['no value', 'elv.vehicle-case:read', { not: { field: 'state', in: [] } }, /请为条件“状态”至少选一个值/],
  ['no condition at all', 'elv.dismantler:read', { any: [] }, /请至少写一个条件/],
  ['a thing without conditions', 'governance.audit-log:read', { field: 'state', in: ['x'] }, /可用的有：无/],
])('R44: a condition on %s is refused in words', async (_what, permission, where, words) => {
  const grants = [{ permission, rows: { where }, personal: 'masked' }];
  await expect(it.propose(customRole('odd-condition', { grants: grants as never }))).rejects.toMatchObject({
    status: 422,
    message: expect.stringMatching(words),
  });
});

test('R44: conditions within conditions end after some levels', async () => {
  const leaf = { field: 'state', in: ['intake'] };
  const rows = { where: { not: { not: { not: leaf } } } };
  const grantOf = (where: unknown) => [{ permission: 'elv.vehicle-case:read', rows: { where }, personal: 'masked' }];
  const asked = (where: unknown) => it.propose(customRole('many-levels', { grants: grantOf(where) as never }));
  expect((await asked(rows.where)).summary).toContain('不符合');
  await expect(asked({ all: [rows.where] })).rejects.toMatchObject({ status: 400 });
});

test('R44: a single field is shown otherwise than the rest: told in words, and read so', async () => {
  const clerk = served.client(vehicleCaseContract, await served.signIn('clerk2'));
  const { id } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const changes = {
    ownerKind: { was: null, now: 'person' },
    ownerName: { was: null, now: '王小明' },
    ownerPhone: { was: null, now: '13800130000' },
  };
  await clerk.saveSection({ id, section: 'owner', changes });
  const grants = [
    {
      permission: 'elv.vehicle-case:read',
      rows: 'all' as const,
      personal: 'plain' as const,
      fields: { 'owner.ownerPhone': 'hidden' as const },
    },
  ];
  const change = customRole('no-phones', { title: '不看电话的查阅员', grants });
  const { id: application, summary } = await it.propose(change);
  expect(summary).toMatch(/个人信息明文，其中所有人·.*电话不可见/);
  await it.step(it.second, 'approve', application);
  await it.agree({ kind: 'hold', subjectId: 'demo-clerk5', roleId: 'no-phones' });
  it.aWhile();
  const reader = served.client(vehicleCaseContract, await served.signIn('clerk5'));
  const owner = (await reader.get({ id })).sections.find((section) => section.id === 'owner')?.values;
  expect(owner?.ownerName).toBe('王小明');
  expect(owner).not.toHaveProperty('ownerPhone');
  const { roles, personal } = await it.first.roles({});
  expect(roles.find((role) => role.id === 'no-phones')?.grants[0]?.fields).toEqual({ 'owner.ownerPhone': 'hidden' });
  expect(personal['elv.vehicle-case:read']?.['owner.ownerPhone']).toContain('电话');
});

test.each([
  ['elv.vehicle-case:read', 'owner.shoeSize'],
  ['elv.vehicle-case:edit', 'owner.ownerPhone'],
  ['governance.person:read', 'constructor'],
])('R44: of %s the field %s cannot be shown otherwise', async (permission, field) => {
  const grants = [
    { permission, rows: 'all' as const, personal: 'masked' as const, fields: { [field]: 'plain' as const } },
  ];
  await expect(it.propose(customRole('odd-field', { grants }))).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining(`没有可单独设置的字段“${field}”`),
  });
});
