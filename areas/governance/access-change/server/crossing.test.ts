import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import {
  agreeTo,
  enterPerson,
  firstSignIn,
  type PeopleClient,
  peopleAs,
  signInWith,
  wholePassword,
} from '#testkit/people.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { accessChangeContract } from '../model/access-change.contract.ts';
import type { AccessChange } from '../model/access-change.ts';

// Real: the whole product behind its web server, on PostgreSQL; people come in by passwords.

let served: ServedProduct;
let admin: PeopleClient;
let first: Client<typeof accessChangeContract>;
let second: Client<typeof accessChangeContract>;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
  first = served.client(accessChangeContract, await served.signIn('security1'));
  second = served.client(accessChangeContract, await served.signIn('security2'));
});
afterAll(() => served.close());

const reason = '岗位调整，见人事通知';
const own = 'Quite-Other-2026';
const propose = (change: AccessChange) => first.propose({ key: randomUUID(), change, reason });
const approve = async (id: string) => {
  const row = (await second.list({ size: 100 })).rows.find((one) => one.id === id);
  return second.approve({ id, version: row?.version ?? 0, key: randomUUID(), input: {} });
};
const agree = async (change: AccessChange): Promise<string> => {
  const { id } = await propose(change);
  await approve(id);
  return id;
};
const observer = (subjectId: string, kind: 'hold' | 'release' = 'hold'): AccessChange => ({
  kind,
  subjectId,
  roleId: 'elv-observer',
});

/** Comes in by a password somebody else has set, and chooses another; one's own last ones are not taken again. */
const comeIn = async (userName: string, set: string, next: string): Promise<void> => {
  const { cookie } = await signInWith(served, userName, set);
  const reply = await served.server.inject({
    method: 'PUT',
    url: '/api/governance/session/password',
    headers: { ...ownPage, cookie },
    payload: { next },
  });
  expect(reply.statusCode).toBe(200);
};

/** A clerk whose first password one administrator set alone: whoever that is may have signed in, and added what they like. */
const aClerk = async () => {
  const { person, initialPassword } = await enterPerson(admin, 'yard-2');
  const cookie = await firstSignIn(served, person.userName, initialPassword);
  return { ...person, cookie };
};
const bind = (userId: string) =>
  sql`insert into governance.sign_on_binding (issuer, subject, user_id, bound_at)
    values ('https://gov', ${randomUUID()}, ${userId}, now())`.execute(served.database.db);
const addFactors = async (userId: string) => {
  const { db } = served.database;
  await bind(userId);
  await sql`insert into governance.totp values (${userId}, 'sealed', 0, now())`.execute(db);
  await sql`insert into governance.recovery_code values (${userId}, ${randomUUID()})`.execute(db);
  await sql`insert into governance.user_certificate (fingerprint, user_id, subject, pem, expires_at, bound_at)
    values (${randomUUID()}, ${userId}, 'CN=x', 'pem', now(), now())`.execute(db);
};
const tables = ['sign_on_binding', 'totp', 'recovery_code', 'user_certificate'] as const;
const leftOf = async (userId: string): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => {
        const { rows } = await sql<{ count: string }>`
          select count(*) as count from ${sql.table(`governance.${table}`)} where user_id = ${userId}`.execute(
          served.database.db,
        );
        return [table, Number(rows[0]?.count)] as const;
      }),
    ),
  );
const nothing = Object.fromEntries(tables.map((table) => [table, 0]));
const stage = async (userName: string, password: string): Promise<string> => {
  await sql`update governance.user_account set failures = 0, locked_until = null`.execute(served.database.ownerDb);
  await sql`delete from governance.sign_in_failure`.execute(served.database.ownerDb);
  return (await signInWith(served, userName, password)).stage;
};

describe('R42, R43: what one administrator alone may have set does not come along into the platform', () => {
  test('with a role of the platform passwords, second factors, bindings and sessions of before end', async () => {
    const clerk = await aClerk();
    expect(await stage(clerk.userName, own)).toBe('full');
    await addFactors(clerk.id);
    const { id } = await propose(observer(clerk.id));
    expect((await second.list({ size: 100 })).rows.find((one) => one.id === id)?.person).toMatchObject({ ends: true });
    await approve(id);
    expect(await stage(clerk.userName, own)).toBe('WRONG');
    expect(await leftOf(clerk.id)).toEqual(nothing);
    const reply = await served.server.inject({
      url: '/api/governance/own-account',
      headers: { cookie: clerk.cookie },
    });
    expect(reply.statusCode).toBe(401);
    const person = { type: 'governance.person', id: clerk.id };
    expect(await lastFactOf(served.database.db, person)).toMatchObject({
      action: 'governance.person.endCredentials',
      actor: { name: '秦安演示' },
      detail: { application: id, totp: true, certificates: 1, bindings: 1 },
    });
  });

  test('the person comes in again by a password of two, which then stays, whatever roles come and go', async () => {
    const clerk = await aClerk();
    await agree(observer(clerk.id));
    const reset = await admin.resetPassword({ personId: clerk.id, reason: '授予平台角色，重新设置密码' });
    expect(reset.half).toBe(true);
    served.clock.advance(1_000);
    await comeIn(clerk.userName, await wholePassword(served, reset), 'Still-Other-2026');
    await bind(clerk.id);
    await agree(observer(clerk.id, 'release'));
    await agree(observer(clerk.id));
    expect(await stage(clerk.userName, 'Still-Other-2026')).toBe('full');
    expect((await leftOf(clerk.id)).sign_on_binding).toBe(1);
  });

  test('but not if one administrator has reset it alone between two roles', async () => {
    const clerk = await aClerk();
    await agree(observer(clerk.id));
    const reset = await admin.resetPassword({ personId: clerk.id, reason: '授予平台角色，重新设置密码' });
    await agreeTo(served, clerk.id);
    expect(reset.half).toBe(true);
    await agree(observer(clerk.id, 'release'));
    const alone = await admin.resetPassword({ personId: clerk.id });
    expect(alone.half).toBe(false);
    served.clock.advance(1_000);
    await comeIn(clerk.userName, alone.initialPassword, 'Still-Other-2026');
    expect(await stage(clerk.userName, 'Still-Other-2026')).toBe('full');
    await agree(observer(clerk.id));
    expect(await stage(clerk.userName, 'Still-Other-2026')).toBe('WRONG');
  });

  test('the same by a special grant, and by a role that becomes one of the platform while people hold it', async () => {
    const [special, raised] = [await aClerk(), await aClerk()];
    const at = (hours: number): string => new Date(served.clock.now().getTime() + hours * 3_600_000).toISOString();
    await agree({
      kind: 'special',
      subjectId: special.id,
      permission: 'governance.person:read',
      targetId: 'clerk1',
      effect: 'allow',
      from: at(0),
      until: at(1),
    });
    expect(await stage(special.userName, own)).toBe('WRONG');
    expect((await admin.get({ personId: special.id })).takesTwo).toBe(true);
    const role = (level: 'organisation' | 'platform'): AccessChange => ({
      kind: 'save-role',
      role: {
        id: 'raised-role',
        title: '组长',
        description: '',
        group: '',
        level,
        parents: [],
        excludes: [],
        grants: [],
      },
    });
    await agree(role('organisation'));
    await agree({ kind: 'hold', subjectId: raised.id, roleId: 'raised-role' });
    expect(await stage(raised.userName, own)).toBe('full');
    const { id, summary } = await propose(role('platform'));
    expect(summary).toMatch(/级别由企业级改为平台级.*1 名持有人由此成为平台人员/);
    await approve(id);
    expect(await stage(raised.userName, own)).toBe('WRONG');
  });

  test('what a session of before had begun comes to nothing', async () => {
    const clerk = await aClerk();
    const ask = (method: 'POST' | 'PUT', url: string, payload: object) =>
      served.server.inject({
        method,
        url: `/api/governance/own-account/${url}`,
        headers: { ...ownPage, cookie: clerk.cookie },
        payload,
      });
    // This process remembers the session for three seconds more.
    expect((await ask('POST', 'totp', { password: own })).statusCode).toBe(200);
    await inTransaction(served.database.db, async (tx) => {
      await sql`update governance.session set ended_at = now(), end_reason = 'password-changed'
        where user_id = ${clerk.id}`.execute(tx);
    });
    const changed = await ask('PUT', 'password', { current: own, next: 'Still-Other-2026' });
    expect([changed.statusCode, changed.json().code]).toEqual([401, 'NOT_SIGNED_IN']);
    expect(await stage(clerk.userName, own)).toBe('full');
  });

  test('a reset ends what binds the account to the government’s sign-on, by one administrator or by two', async () => {
    const clerk = await aClerk();
    await bind(clerk.id);
    await admin.resetPassword({ personId: clerk.id });
    expect((await leftOf(clerk.id)).sign_on_binding).toBe(0);
    await addFactors(clerk.id);
    await admin.resetFactor({ personId: clerk.id });
    expect(await leftOf(clerk.id)).toEqual(nothing);
    await bind('demo-commission2');
    await admin.resetPassword({ personId: 'demo-commission2', reason });
    expect((await leftOf('demo-commission2')).sign_on_binding).toBe(1);
    await agreeTo(served, 'demo-commission2');
    expect((await leftOf('demo-commission2')).sign_on_binding).toBe(0);
  });
});

describe('R42, R43: a reset by one and a role of the platform at the same moment', () => {
  /** Gives the role as another process does: this one has not heard of it yet. */
  const giveElsewhere = (subjectId: string) =>
    inTransaction(served.database.db, (tx) =>
      served.product.accessList.change(
        tx,
        {
          by: { id: 'system', name: '系统', organisationId: null, ip: '' },
          what: { why: 'test' },
          at: served.clock.now(),
          traceId: 'test',
        },
        (list) => ({ ...list, holdings: [...list.holdings, { subjectId, roleId: 'elv-observer' }] }),
      ),
    );

  test('one that this process has not heard of counts', async () => {
    const clerk = await aClerk();
    await giveElsewhere(clerk.id);
    await expect(admin.resetPassword({ personId: clerk.id })).rejects.toMatchObject({ code: 'CHANGED' });
    expect(await stage(clerk.userName, own)).toBe('full');
    await served.product.access.check();
  });

  test('whichever is first, the password that one person knows never leads to the role', async () => {
    for (let round = 0; round < 8; round += 1) {
      const clerk = await aClerk();
      const { id } = await propose(observer(clerk.id));
      const both = [
        () => admin.resetPassword({ personId: clerk.id }).then(({ initialPassword }) => initialPassword),
        () => approve(id).then(() => null),
      ] as const;
      const [reset, granted] =
        round % 2 === 0
          ? await Promise.allSettled([both[0](), both[1]()])
          : await Promise.allSettled([both[1](), both[0]()]).then(([b, a]) => [a, b] as const);
      expect(granted.status).toBe('fulfilled');
      if (reset.status === 'fulfilled') expect(await stage(clerk.userName, reset.value ?? '')).toBe('WRONG');
      else expect(reset.reason).toMatchObject({ code: expect.stringMatching(/CHANGED|REASON/) });
      expect(await stage(clerk.userName, own)).toBe('WRONG');
    }
  }, 60_000);
});
