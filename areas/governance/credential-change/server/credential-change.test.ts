import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personContract } from '#areas/governance/person/model/person.contract.ts';
import { lastFactOf, verifyChain } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { lint } from '#kernel/lifecycle/lint.ts';
import { noteDecision } from '#practices/proposal/model/proposal.lifecycle.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import {
  agreeTo,
  anIdentityNo,
  enterPerson,
  firstSignIn,
  giveRole,
  holdOnly,
  type PeopleClient,
  peopleAs,
  signInWith,
  wholePassword,
} from '#testkit/people.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { credentialChangeContract } from '../model/credential-change.contract.ts';
import { anyCredentialChange } from '../model/credential-change.ts';
import { credentialHooks } from './credential-desk.ts';

// Real: the whole product behind its web server, on PostgreSQL; people come in by passwords and codes.

let served: ServedProduct;
let admin: PeopleClient;
let deciders: Readonly<Record<'admin1' | 'security1' | 'security2', Client<typeof credentialChangeContract>>>;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
  const as = async (userName: string) => served.client(credentialChangeContract, await served.signIn(userName));
  deciders = { admin1: await as('admin1'), security1: await as('security1'), security2: await as('security2') };
});
afterAll(() => served.close());

const demoPassword = 'Demo-2026!';
const changedSince = { problems: [{ path: 'person', message: expect.stringContaining('已有变化') }] };
const reason = '本人忘记密码，已当面核对身份';
const waiting = async (userName: string) => {
  const { rows } = await deciders.admin1.list({ open: 'true', size: 100 });
  const row = rows.find(({ summary }) => summary.includes(`（${userName}，`));
  if (!row) throw new Error(`nothing waits for ${userName}`);
  return row;
};
type Decider = keyof typeof deciders;
const agree = async (who: Decider, userName: string) => {
  const { id, version } = await waiting(userName);
  return deciders[who].approve({ id, version, key: randomUUID(), input: {} });
};
const decide = async (who: Decider, action: 'refuse' | 'withdraw', userName: string, input = {}) => {
  const { id, version } = await waiting(userName);
  return deciders[who][action]({ id, version, key: randomUUID(), input });
};
/** What comes of every password that can be made of what one person knows. */
const stages = async (userName: string, passwords: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const password of passwords) {
    await sql`update governance.user_account set failures = 0, locked_until = null`.execute(served.database.ownerDb);
    await sql`delete from governance.sign_in_failure`.execute(served.database.ownerDb);
    found.push((await signInWith(served, userName, password)).stage);
  }
  return found;
};

/** By which the government's sign-on finds a person. */
const indexOf = async (id: string) => {
  const { rows } = await sql<{ index: string | null }>`
    select identity_index as index from governance.user_account where id = ${id}`.execute(served.database.db);
  return rows[0]?.index;
};

test('R43: the lifecycle of an application is sound', () => {
  const hooks = [...credentialHooks, noteDecision];
  expect(lint(anyCredentialChange, { exchanges: [], hooks })).toEqual([]);
});

describe('R42: one administrator alone never comes in as somebody of the platform', () => {
  test('opening an account: what the administrator is shown leads nowhere, before and after another has agreed', async () => {
    const { person, initialPassword, half } = await enterPerson(admin, null);
    expect([half, person.waiting, person.takesTwo]).toEqual([true, ['password'], true]);
    expect(await stages(person.userName, [initialPassword, `${initialPassword}-`])).toEqual(['WRONG', 'WRONG']);
    const { handed } = await agree('security1', person.userName);
    expect(handed).toMatchObject({ userName: person.userName, half: expect.stringMatching(/^\w{4}-\w{4}$/) });
    const second = handed?.half ?? '';
    const whole = `${initialPassword}-${second}`;
    expect(await stages(person.userName, [initialPassword, second, `${second}-${initialPassword}`, whole])).toEqual([
      'WRONG',
      'WRONG',
      'WRONG',
      'change-password',
    ]);
  });

  test('resetting a password: the old one serves until another has agreed, the new one is in two halves', async () => {
    const reset = await admin.resetPassword({ personId: 'demo-commission2', reason });
    expect(reset).toMatchObject({ half: true, person: { waiting: ['password'], mustChange: false } });
    expect(await stages('commission2', [reset.initialPassword, demoPassword])).toEqual(['WRONG', 'full']);
    const { handed } = await agree('security2', 'commission2');
    const whole = `${reset.initialPassword}-${handed?.half}`;
    expect(await stages('commission2', [demoPassword, reset.initialPassword, handed?.half ?? '', whole])).toEqual([
      'WRONG',
      'WRONG',
      'WRONG',
      'change-password',
    ]);
  });

  test('taking a second factor away: it stays until another has agreed', async () => {
    const after = await admin.resetFactor({ personId: 'demo-auditor2', reason });
    expect(after).toMatchObject({ waits: true, person: { secondFactor: true, waiting: ['second-factor'] } });
    expect((await signInWith(served, 'auditor2', demoPassword)).stage).toBe('second-factor');
    expect((await agree('security1', 'auditor2')).handed).toBeNull();
    expect((await signInWith(served, 'auditor2', demoPassword)).stage).toBe('enrol');
    await expect(admin.resetFactor({ personId: 'demo-auditor2', reason })).rejects.toMatchObject({ code: 'NO_FACTOR' });
  });

  test('a number typed by one person leads the government’s sign-on to nobody', async () => {
    const entered = await enterPerson(admin, null);
    expect(await indexOf(entered.person.id)).toBeNull();
    await wholePassword(served, entered);
    expect(await indexOf(entered.person.id)).toEqual(expect.any(String));
    await admin.edit({ personId: entered.person.id, version: 1, changes: { identityNo: anIdentityNo(88_001) } });
    expect(await indexOf(entered.person.id)).toBeNull();
  });

  test('a first password that was refused is applied for again, with all that hangs on it', async () => {
    const { person } = await enterPerson(admin, null);
    await decide('security1', 'refuse', person.userName, { reason: '未核对身份证件' });
    const again = await admin.resetPassword({ personId: person.id, reason: '身份证件已当面核对' });
    expect(await waiting(person.userName)).toMatchObject({ kind: 'first-password' });
    const second = await agreeTo(served, person.id);
    served.clock.advance(1_000);
    expect(await stages(person.userName, [`${again.initialPassword}-${second}`])).toEqual(['change-password']);
    expect(await indexOf(person.id)).toEqual(expect.any(String));
  });

  test('an enterprise’s clerk who holds a role of the platform counts as one of the platform', async () => {
    const { person } = await enterPerson(admin, 'yard-2');
    expect((await admin.resetPassword({ personId: person.id })).half).toBe(false);
    await giveRole(served, person.id, 'elv-observer');
    await expect(admin.resetPassword({ personId: person.id })).rejects.toMatchObject({ code: 'REASON' });
    expect((await admin.resetPassword({ personId: person.id, reason })).half).toBe(true);
  });
});

describe('R42, R43: who agrees', () => {
  beforeAll(async () => {
    await admin.resetPassword({ personId: 'demo-desk1', reason });
  });

  test('not whoever applied, who may withdraw, and nobody else may', async () => {
    expect(await waiting('desk1')).toMatchObject({ actions: ['withdraw'], waitsForAnother: true, reason });
    await expect(agree('admin1', 'desk1')).rejects.toMatchObject({ status: 403 });
    await expect(decide('security1', 'withdraw', 'desk1')).rejects.toMatchObject({ status: 403 });
  });

  test('not whoever applied, even with a role that may do both', async () => {
    const all = { rows: 'all', personal: 'masked' } as const;
    const may = ['person:read', 'person:resetPassword', 'credential-change:read', 'credential-change:approve'];
    const grants = may.map((one) => ({ permission: `governance.${one}`, ...all }));
    const cookie = await served.signIn('desk2');
    await holdOnly(served, 'demo-desk2', grants);
    await served.client(personContract, cookie).resetPassword({ personId: 'demo-commission1', reason });
    const both = served.client(credentialChangeContract, cookie);
    const { id, version } = await waiting('commission1');
    const own = both.approve({ id, version, key: randomUUID(), input: {} });
    await expect(own).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ path: '', message: '申请人不能审批自己的申请，请由另一名管理员办理' }],
    });
    expect(await stages('commission1', [demoPassword])).toEqual(['full']);
  });

  test('not the person concerned', async () => {
    await admin.resetPassword({ personId: 'demo-security1', reason });
    await expect(agree('security1', 'security1')).rejects.toMatchObject({
      problems: [{ path: 'person', message: '这是您本人的登录凭据，请由另一名安全管理员审批' }],
    });
    await decide('security2', 'refuse', 'security1', { reason: '本人并未提出' });
    expect((await admin.get({ personId: 'demo-security1' })).waiting).toEqual([]);
  });

  test('one application waits for a person at a time; withdrawn, it has changed nothing and makes room', async () => {
    await expect(admin.resetPassword({ personId: 'demo-desk1', reason })).rejects.toMatchObject({ code: 'WAITING' });
    await decide('admin1', 'withdraw', 'desk1');
    expect(await stages('desk1', [demoPassword])).toEqual(['full']);
    const both = await Promise.allSettled([1, 2].map(() => admin.resetPassword({ personId: 'demo-desk1', reason })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await decide('admin1', 'withdraw', 'desk1');
  });

  test('a reason is asked for, and nobody resets their own', async () => {
    await expect(admin.resetPassword({ personId: 'demo-desk1' })).rejects.toMatchObject({ code: 'REASON' });
    await expect(admin.resetFactor({ personId: 'demo-admin1', reason })).rejects.toMatchObject({ code: 'YOURSELF' });
  });

  test('two who agree at the same moment: one is shown the half, the other is told', async () => {
    const { person } = await enterPerson(admin, null);
    const both = await Promise.allSettled([agree('security1', person.userName), agree('security2', person.userName)]);
    const [done] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const [told] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(done?.handed?.half).toMatch(/^\w{4}-\w{4}$/);
    expect(told).toMatchObject({ code: 'STALE' });
  });

  test('the same agreement sent twice shows the half once', async () => {
    const { person } = await enterPerson(admin, null);
    const { id, version } = await waiting(person.userName);
    const said = { id, version, key: randomUUID(), input: {} };
    expect((await deciders.security1.approve(said)).handed?.half).toMatch(/-/);
    expect(await deciders.security1.approve(said)).toMatchObject({ state: 'approved', handed: null });
  });

  test('what the person has changed since is not overwritten unread', async () => {
    const entered = await enterPerson(admin, null);
    const { userName, id } = entered.person;
    const cookie = await firstSignIn(served, userName, await wholePassword(served, entered));
    await admin.resetPassword({ personId: id, reason });
    served.clock.advance(1_000);
    const changed = await served.server.inject({
      method: 'PUT',
      url: '/api/governance/own-account/password',
      headers: { ...ownPage, cookie },
      payload: { current: 'Quite-Other-2026', next: 'Still-Other-2026' },
    });
    expect(changed.statusCode).toBe(200);
    await expect(agree('security1', userName)).rejects.toMatchObject(changedSince);
    expect(await stages(userName, ['Still-Other-2026'])).toEqual(['full']);
    await decide('admin1', 'withdraw', userName);
  });

  test('another identity number than at the application is another matter: nobody is led to the account by it', async () => {
    const { person } = await enterPerson(admin, null);
    await admin.edit({ personId: person.id, version: 1, changes: { identityNo: anIdentityNo(88_117) } });
    await expect(agree('security1', person.userName)).rejects.toMatchObject(changedSince);
  });
});

describe('R42, R45: what remains of it', () => {
  test('both steps are signed, the person’s log tells who, and no password stands anywhere', async () => {
    const entered = await enterPerson(admin, null);
    const { id } = await waiting(entered.person.userName);
    const whole = await wholePassword(served, entered);
    const { rows } = await sql<{ action: string; signed: boolean }>`
      select action, signature is not null as signed from kernel.step where case_id = ${id} order by seq`.execute(
      served.database.db,
    );
    expect(rows).toEqual([
      { action: 'propose', signed: true },
      { action: 'approve', signed: true },
    ]);
    expect(await verifyChain(served.database.db, `governance.credential-change:${id}`)).toMatchObject({ intact: true });
    const person = { type: 'governance.person', id: entered.person.id };
    expect(await lastFactOf(served.database.db, person)).toMatchObject({
      action: 'governance.person.resetPassword',
      actor: { name: '朱安演示' },
      detail: { credential: 'first-password', application: id, proposedBy: '韩管演示' },
    });
    const database = await writtenOut(served.database.ownerDb);
    for (const half of [entered.initialPassword, whole.slice(10)]) expect(database.find(half)).toEqual([]);
  });

  test('the person is told at the next sign-in, by whom, and finds it again in the own settings', async () => {
    const { person, initialPassword } = await admin.resetPassword({ personId: 'demo-observer1', reason });
    const second = await agreeTo(served, person.id);
    const cookie = await firstSignIn(served, 'observer1', `${initialPassword}-${second}`);
    const told = { what: 'password', by: '韩管演示', agreed: '朱安演示', at: expect.any(String) };
    const own = await served.server.inject({ url: '/api/governance/own-account', headers: { cookie } });
    expect(own.json().notices).toEqual([told]);
    const again = await served.server.inject({
      method: 'POST',
      url: '/api/governance/session',
      headers: ownPage,
      payload: { userName: 'observer1', password: 'Quite-Other-2026' },
    });
    // Told by the sign-in before, and only once.
    expect(again.json()).toMatchObject({ stage: 'full', notices: [] });
  });

  test('an enterprise’s administrator resets a clerk alone, and the clerk is told', async () => {
    const yard = await peopleAs(served, 'yardadmin1');
    const reset = await yard.resetPassword({ personId: 'demo-clerk1b' });
    expect(reset.half).toBe(false);
    const { cookie } = await signInWith(served, 'clerk1b', reset.initialPassword);
    const chosen = await served.server.inject({
      method: 'PUT',
      url: '/api/governance/session/password',
      headers: { ...ownPage, cookie },
      payload: { next: 'Quite-Other-2026' },
    });
    expect(chosen.json()).toMatchObject({
      stage: 'full',
      notices: [{ what: 'password', by: '李管演示', agreed: null }],
    });
  });
});
