import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessChangeContract } from '#areas/governance/access-change/model/access-change.contract.ts';
import { credentialChangeContract } from '#areas/governance/credential-change/model/credential-change.contract.ts';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import {
  agreeTo,
  anIdentityNo,
  enterPerson,
  firstSignIn,
  holdOnly,
  type PeopleClient,
  peopleAs,
} from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';

// Real: the whole product behind its web server, on PostgreSQL.

let served: ServedProduct;
let admin: PeopleClient;
let credentials: Readonly<Record<'security1' | 'auditor1' | 'admin1', Client<typeof credentialChangeContract>>>;
let grants: Readonly<Record<'security1' | 'security2', Client<typeof accessChangeContract>>>;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
  const of = async (userName: string) => served.client(credentialChangeContract, await served.signIn(userName));
  credentials = { security1: await of('security1'), auditor1: await of('auditor1'), admin1: await of('admin1') };
  const over = async (userName: string) => served.client(accessChangeContract, await served.signIn(userName));
  grants = { security1: await over('security1'), security2: await over('security2') };
});
afterAll(() => served.close());

const identityNo = anIdentityNo(91_234);
const masked = `310***********${identityNo.slice(-4)}`;
const why = '与身份证件核对';
let entered = 0;
const applied = async (organisationId: string | null = null) => {
  entered += 1;
  const number = entered === 1 ? identityNo : anIdentityNo(91_234 + entered);
  return enterPerson(admin, organisationId, { values: { identityNo: number } });
};
const credentialRow = async (by: Client<typeof credentialChangeContract>, userName: string) => {
  const { rows } = await by.list({ size: 100 });
  const row = rows.find(({ summary }) => summary.includes(`（${userName}，`));
  if (!row) throw new Error(`nothing about ${userName}`);
  return row;
};
const hold = async (subjectId: string) =>
  grants.security1.propose({
    key: randomUUID(),
    change: { kind: 'hold', subjectId, roleId: 'elv-observer' },
    reason: '岗位调整，见人事通知',
  });
const grantRow = async (by: Client<typeof accessChangeContract>, id: string) =>
  (await by.list({ size: 100 })).rows.find((one) => one.id === id);

test('R42, R43: whoever agrees to a first password sees whom the sign-on will find, masked, and plain for a reason', async () => {
  const { id, userName } = (await applied()).person;
  const row = await credentialRow(credentials.security1, userName);
  expect(row.person).toEqual({ identityNo: masked, signOn: 'after', ends: false, mayReveal: true });
  expect(await credentials.security1.reveal({ id: row.id, reason: why })).toEqual({ value: identityNo });
  expect(await lastFactOf(served.database.db, { type: 'governance.person', id })).toMatchObject({
    action: 'governance.person.reveal',
    actor: { name: '朱安演示' },
    detail: { field: 'identityNo', reason: why, application: row.id },
  });
  await agreeTo(served, id);
  expect((await credentialRow(credentials.security1, userName)).person).toMatchObject({
    signOn: 'number',
    mayReveal: false,
  });
  await expect(credentials.security1.reveal({ id: row.id, reason: why })).rejects.toMatchObject({ code: 'NOT_YOURS' });
});

test('R42, R43: nobody else is shown more than the mask', async () => {
  const { userName } = (await applied()).person;
  for (const by of [credentials.admin1, credentials.auditor1]) {
    const row = await credentialRow(by, userName);
    expect(row.person).toMatchObject({ identityNo: expect.stringMatching(/^310\*+\d{3}[\dX]$/), mayReveal: false });
    await expect(by.reveal({ id: row.id, reason: why })).rejects.toMatchObject({ status: 403 });
  }
  const { id } = await credentialRow(credentials.security1, userName);
  await expect(credentials.security1.reveal({ id, reason: '看' })).rejects.toMatchObject({ status: 400 });
  await expect(credentials.security1.reveal({ id: 'nowhere', reason: why })).rejects.toMatchObject({ status: 404 });
});

test('R43: whoever agrees to a role sees whom it is given to, and whether a sign-on is bound; the applicant cannot reveal', async () => {
  const { person, initialPassword } = await applied('yard-2');
  const { id } = person;
  await firstSignIn(served, person.userName, initialPassword);
  const { id: application } = await hold(id);
  expect((await grantRow(grants.security1, application))?.person).toMatchObject({ signOn: 'none', mayReveal: false });
  const revealing = grants.security1.reveal({ id: application, reason: why });
  await expect(revealing).rejects.toMatchObject({ code: 'NOT_YOURS' });
  await sql`insert into governance.sign_on_binding (issuer, subject, user_id, bound_at)
    values ('https://gov', ${id}, ${id}, now())`.execute(served.database.db);
  expect((await grantRow(grants.security2, application))?.person).toMatchObject({ signOn: 'bound', mayReveal: true });
  const { value } = await grants.security2.reveal({ id: application, reason: why });
  expect(value).toBe(anIdentityNo(91_234 + entered));
});

test('R43: a role that takes something away, or changes a role, is about nobody', async () => {
  const { id } = await grants.security1.propose({
    key: randomUUID(),
    change: { kind: 'release', subjectId: 'demo-observer1', roleId: 'elv-observer' },
    reason: '岗位调整，见人事通知',
  });
  expect(await grantRow(grants.security2, id)).toMatchObject({ person: null });
  await expect(grants.security2.reveal({ id, reason: why })).rejects.toMatchObject({ status: 404 });
});

test('R44: to whom personal values are hidden they stay hidden', async () => {
  const { userName } = (await applied()).person;
  const may = ['read', 'approve', 'reveal'].map((verb) => `governance.credential-change:${verb}`);
  await holdOnly(
    served,
    'demo-desk2',
    may.map((permission) => ({ permission, rows: 'all', personal: 'hidden' })),
  );
  const by = served.client(credentialChangeContract, await served.signIn('desk2'));
  const row = await credentialRow(by, userName);
  expect(row.person).toMatchObject({ identityNo: null, mayReveal: false });
  await expect(by.reveal({ id: row.id, reason: why })).rejects.toMatchObject({ code: 'NOT_YOURS' });
});
