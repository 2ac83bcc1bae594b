import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt, captchaWord, codeOf } from '#testkit/sign-in-door.ts';
import { usualSignIn } from './account.parts.ts';
import { ensureAccount } from './account.store.ts';
import { requireChange } from './account-state.store.ts';

// Real: PostgreSQL, the whole product behind its web server, the access list, TOTP. Made up: the clock, the captcha's word, the phone.

let served: ServedProduct;
let passwordHash: string;
const right = 'Wall-and-gate-7';
const other = 'Another-gate-8';
let made = 0;

beforeAll(async () => {
  served = await aServedProduct('2026-11-23T02:00:00Z', { ...usualSignIn, captchaText: () => captchaWord });
  passwordHash = await hashPassword(right);
});
afterAll(() => served.close());

const aPerson = async (
  more: { roleId?: string; mustChange?: boolean } = {},
): Promise<{ id: string; userName: string }> => {
  made += 1;
  const one = { id: `step-${made}`, userName: `walker${made}` };
  const { database, clock, product } = served;
  const { roleId, mustChange = false } = more;
  await ensureAccount(database.db, {
    ...one,
    name: '步骤演示',
    organisationId: null,
    passwordHash,
    mustChange,
    at: clock.now(),
  });
  if (roleId === undefined) return one;
  const change = {
    by: { id: 'test', name: '测试', organisationId: null, ip: '' },
    what: { why: 'test' },
    at: clock.now(),
    traceId: 'test',
  };
  await inTransaction(database.db, (tx) =>
    product.accessList.change(tx, change, (list) => ({
      ...list,
      holdings: [...list.holdings, { subjectId: one.id, roleId }],
    })),
  );
  await product.access.check();
  return one;
};
const anAdministrator = () => aPerson({ roleId: 'system-administrator' });
const seconds = (count: number): void => served.clock.advance(count * 1_000);
const days = (count: number): void => seconds(count * 86_400);
const now = (): Date => served.clock.now();

/** Leads an administrator through enrolment; answers the phone's secret and the recovery codes. */
const enrolled = async (caller: Caller, userName: string) => {
  await caller.signIn(userName, right);
  const offer = (await caller.ask('POST', '/governance/session/enrolment')).body;
  const end = await caller.ask('PUT', '/governance/session/enrolment', {
    ticket: offer.ticket,
    code: codeOf(offer.secret, now()),
  });
  seconds(60);
  return {
    secret: offer.secret as string,
    recoveryCodes: end.body.recoveryCodes as string[],
    stage: end.body.progress.stage,
  };
};

test('R42: demo codes are shown in demo mode for accounts as they were made, and are good', async () => {
  const list = () => served.server.inject('/api/governance/demo-accounts').then((reply) => reply.json());
  const admin = (await list()).find((one: { userName: string }) => one.userName === 'admin1');
  const caller = callerAt(served);
  await caller.signIn('admin1', admin.password);
  expect((await caller.ask('POST', '/governance/session/code', { code: admin.code })).body.stage).toBe('full');
  const after = (await list()).find((one: { userName: string }) => one.userName === 'admin1');
  expect(after.code).not.toBe(admin.code);
  seconds(1);
  const newcomer = callerAt(served);
  await newcomer.signIn('newcomer1', admin.password);
  await newcomer.ask('PUT', '/governance/session/password', { next: 'First-gate-9' });
  expect((await list()).some((one: { userName: string }) => one.userName === 'newcomer1')).toBe(false);
});

describe('R42: a half signed-in person may do nothing but go on', () => {
  const operations = (): readonly Operation[] => served.product.areas.flatMap((area) => area.operations);

  const askWith = (operation: Operation, cookie: string) => {
    const { url } = addressOf({ ...operation, method: 'POST' }, { id: 'x', section: 'x', part: 'x', photoId: 'x' });
    const withBody = operation.method === 'POST' || operation.method === 'PUT';
    return served.server.inject({
      method: operation.method,
      url,
      headers: { 'x-requested-with': 'desk', cookie },
      ...(withBody ? { payload: {} } : {}),
    });
  };

  test.each(['second-factor', 'change-password', 'enrol'] as const)(
    'at %s: every operation but the public ones',
    async (stage) => {
      const caller = callerAt(served);
      if (stage === 'change-password') await caller.signIn((await aPerson({ mustChange: true })).userName, right);
      if (stage === 'enrol') await caller.signIn((await anAdministrator()).userName, right);
      if (stage === 'second-factor') {
        const { userName } = await anAdministrator();
        await enrolled(caller, userName);
        expect((await caller.signIn(userName, right)).body.stage).toBe(stage);
      }
      const half = caller.cookie;
      const asked = operations().filter(({ permission }) => permission !== 'public');
      expect(asked.length).toBeGreaterThan(40);
      for (const operation of asked) {
        const reply = await askWith(operation, half);
        expect([operation.id, reply.statusCode, reply.json().code]).toEqual([operation.id, 401, 'NOT_SIGNED_IN']);
      }
      // Nor the steps of another stage.
      const steps = {
        'second-factor': ['POST', '/governance/session/code', { code: '123456' }],
        'change-password': ['PUT', '/governance/session/password', { next: other }],
        enrol: ['POST', '/governance/session/enrolment', {}],
      } as const;
      for (const [name, [method, path, payload]] of Object.entries(steps)) {
        if (name === stage) continue;
        const reply = await caller.ask(method, path, payload);
        expect([name, reply.status, reply.body.code]).toEqual([name, 403, 'START_AGAIN']);
      }
    },
  );

  test('and only for ten minutes', async () => {
    const caller = callerAt(served);
    await caller.signIn((await aPerson({ mustChange: true })).userName, right);
    seconds(601);
    expect((await caller.ask('PUT', '/governance/session/password', { next: other })).body.code).toBe('START_AGAIN');
  });

  test('every step hands out a new token, and the one before is worth nothing', async () => {
    const { userName } = await aPerson({ mustChange: true, roleId: 'system-administrator' });
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    const first = caller.cookie;
    await caller.ask('PUT', '/governance/session/password', { next: other });
    const second = caller.cookie;
    const offer = (await caller.ask('POST', '/governance/session/enrolment')).body;
    const code = codeOf(offer.secret, now());
    const thief = callerAt(served);
    thief.cookie = second;
    const end = await caller.ask('PUT', '/governance/session/enrolment', { ticket: offer.ticket, code });
    expect(end.body.progress.stage).toBe('full');
    expect(new Set([first, second, caller.cookie]).size).toBe(3);
    for (const old of [first, second]) {
      thief.cookie = old;
      expect((await thief.ask('GET', '/governance/session')).status).toBe(401);
      expect((await thief.ask('POST', '/governance/session/enrolment')).body.code).toBe('START_AGAIN');
    }
  });

  test('a token planted before signing in is not taken over', async () => {
    const { userName } = await aPerson();
    const victim = callerAt(served);
    victim.cookie = 'hs_session=planted-by-somebody-else';
    await victim.signIn(userName, right);
    expect(victim.cookie).not.toContain('planted');
    const attacker = callerAt(served);
    attacker.cookie = 'hs_session=planted-by-somebody-else';
    expect((await attacker.ask('GET', '/governance/session')).status).toBe(401);
  });
});

describe('R42: passwords that must be changed', () => {
  const choose = (caller: Caller, next: string) => caller.ask('PUT', '/governance/session/password', { next });

  test('at the first sign-in, into one that fits the rules and is not the old one', async () => {
    const { userName } = await aPerson({ mustChange: true });
    const caller = callerAt(served);
    expect((await caller.signIn(userName, right)).body).toMatchObject({ stage: 'change-password', why: 'first' });
    for (const [next, why] of [
      ['short1A', /至少 8 位/],
      [`${userName}-Xy1`, /用户名/],
      ['Admin@123', /太常见/],
      [right, /用过的密码/],
    ] as const) {
      const { status, body } = await choose(caller, next);
      expect([status, body.code, body.problems[0].message]).toEqual([422, 'WEAK', expect.stringMatching(why)]);
    }
    expect((await choose(caller, other)).body.stage).toBe('full');
    expect((await callerAt(served).signIn(userName, right)).body.code).toBe('WRONG');
    expect((await callerAt(served).signIn(userName, other)).body.stage).toBe('full');
  });

  test('after ninety days, and when somebody asks for it', async () => {
    const { id, userName } = await aPerson();
    days(89);
    expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
    days(2);
    const caller = callerAt(served);
    expect((await caller.signIn(userName, right)).body).toMatchObject({ stage: 'change-password', why: 'expired' });
    expect((await choose(caller, other)).body.stage).toBe('full');
    await inTransaction(served.database.db, (tx) => requireChange(tx, id));
    expect((await callerAt(served).signIn(userName, other)).body).toMatchObject({
      stage: 'change-password',
      why: 'first',
    });
  });

  test('the last five do not come back; the sixth may', async () => {
    const { userName } = await aPerson();
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    let current = right;
    const change = async (next: string): Promise<string> => {
      seconds(60);
      const { body } = await caller.ask('PUT', '/governance/own-account/password', { current, next });
      if (body.code === undefined) current = next;
      return body.code ?? 'changed';
    };
    for (let round = 1; round <= 4; round += 1) expect(await change(`Round-gate-${round}`)).toBe('changed');
    expect(await change(right)).toBe('WEAK');
    expect(await change('Round-gate-5')).toBe('changed');
    expect(await change(right)).toBe('changed');
    expect(await change('Round-gate-2')).toBe('WEAK');
  });
});

describe('R42: the second factor', () => {
  const prove = (caller: Caller, code: string) => caller.ask('POST', '/governance/session/code', { code });

  test('an administrator without one enrols before anything else', async () => {
    const { userName } = await anAdministrator();
    const caller = callerAt(served);
    expect((await caller.signIn(userName, right)).body).toEqual({ stage: 'enrol', userName });
    const { stage, recoveryCodes, secret } = await enrolled(caller, userName);
    expect([stage, recoveryCodes.length]).toEqual(['full', 10]);
    expect((await caller.ask('GET', '/governance/session')).body.userName).toBe(userName);
    expect((await caller.signIn(userName, right)).body).toEqual({ stage: 'second-factor', userName, ways: ['code'] });
    expect((await prove(caller, codeOf(secret, now()))).body.stage).toBe('full');
  });

  test('a mistyped code does not use the picture up; a ticket of somebody else, or an old one, is none', async () => {
    const mine = callerAt(served);
    await mine.signIn((await anAdministrator()).userName, right);
    const theirs = callerAt(served);
    await theirs.signIn((await anAdministrator()).userName, right);
    const offer = (await mine.ask('POST', '/governance/session/enrolment')).body;
    const finish = async (caller: Caller, code: string) =>
      (await caller.ask('PUT', '/governance/session/enrolment', { ticket: offer.ticket, code })).body;
    expect((await finish(mine, '000000')).code).toBe('WRONG_CODE');
    expect((await finish(theirs, codeOf(offer.secret, now()))).code).toBe('TICKET_GONE');
    expect((await finish(mine, codeOf(offer.secret, now()))).progress.stage).toBe('full');
    const late = callerAt(served);
    await late.signIn((await anAdministrator()).userName, right);
    const stale = (await late.ask('POST', '/governance/session/enrolment')).body;
    seconds(599);
    const again = callerAt(served);
    again.cookie = late.cookie;
    seconds(2);
    expect(
      (await again.ask('PUT', '/governance/session/enrolment', { ticket: stale.ticket, code: '123456' })).status,
    ).toBe(403);
  });

  test('a code serves once, half a minute early or late, and no code before the last one used', async () => {
    const { userName } = await anAdministrator();
    const caller = callerAt(served);
    const { secret } = await enrolled(caller, userName);
    const at = async (offset: number): Promise<string> => {
      const fresh = callerAt(served);
      const { body } = await fresh.signIn(userName, right);
      const code = codeOf(secret, new Date(now().getTime() + offset * 1_000));
      if (body.stage !== 'second-factor') {
        const read = await fresh.readAndSignIn(userName, right);
        expect(read.body.stage).toBe('second-factor');
      }
      const reply = await prove(fresh, code);
      return reply.body.code ?? reply.body.stage;
    };
    expect(await at(-60)).toBe('WRONG_CODE');
    expect(await at(60)).toBe('WRONG_CODE');
    expect(await at(-30)).toBe('full');
    expect(await at(-30)).toBe('WRONG_CODE');
    expect(await at(30)).toBe('full');
    expect(await at(0)).toBe('WRONG_CODE');
    expect(await at(30)).toBe('WRONG_CODE');
    seconds(60);
    expect(await at(0)).toBe('full');
  });

  test('the same code sent twice at once lets in once', async () => {
    const { userName } = await anAdministrator();
    const { secret } = await enrolled(callerAt(served), userName);
    const both = [callerAt(served), callerAt(served)];
    for (const one of both) await one.signIn(userName, right);
    const code = codeOf(secret, now());
    const stages = (await Promise.all(both.map((one) => prove(one, code)))).map(({ body }) => body.stage ?? body.code);
    expect(stages.sort()).toEqual(['WRONG_CODE', 'full']);
  });

  test('a recovery code serves once, however it is written; new ones replace all', async () => {
    const { userName } = await anAdministrator();
    const caller = callerAt(served);
    const { recoveryCodes } = await enrolled(caller, userName);
    const [one = '', two = ''] = recoveryCodes;
    const by = async (code: string) => {
      const fresh = callerAt(served);
      await fresh.signIn(userName, right);
      const { body } = await prove(fresh, code);
      return body.stage ?? body.code;
    };
    expect(await by(one.toUpperCase().replace('-', ' '))).toBe('full');
    expect(await by(one)).toBe('WRONG_CODE');
    const inside = callerAt(served);
    await inside.signIn(userName, right);
    await prove(inside, two);
    const renewed = await inside.ask('POST', '/governance/own-account/recovery-codes', { password: right });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect(await by(recoveryCodes[2] ?? '')).toBe('WRONG_CODE');
    const { rows } = await sql<{ digest: string }>`select digest from governance.recovery_code`.execute(
      served.database.db,
    );
    expect(rows.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
  });

  test('wrong codes count towards the lock, and the password in between does not wipe them out', async () => {
    const { userName } = await anAdministrator();
    await enrolled(callerAt(served), userName);
    const caller = callerAt(served);
    const codes: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { body } = count < 3 ? await caller.signIn(userName, right) : await caller.readAndSignIn(userName, right);
      expect(body.stage).toBe('second-factor');
      codes.push((await prove(caller, '000000')).body.code);
    }
    expect(codes).toEqual(['WRONG_CODE', 'WRONG_CODE', 'WRONG_CODE', 'WRONG_CODE', 'LOCKED']);
    expect((await prove(caller, '000000')).body.code).toBe('START_AGAIN');
    expect((await caller.readAndSignIn(userName, right)).body.code).toBe('LOCKED');
  });

  test('it cannot be put away by whom it is demanded of; by others with their password only', async () => {
    const admin = callerAt(served);
    const { userName } = await anAdministrator();
    await enrolled(admin, userName);
    const removal = (caller: Caller, password: string) =>
      caller.ask('POST', '/governance/own-account/totp/removal', { password });
    expect((await removal(admin, right)).body.code).toBe('LAST_FACTOR');

    const plain = callerAt(served);
    const person = await aPerson();
    await plain.signIn(person.userName, right);
    expect((await plain.ask('POST', '/governance/own-account/totp', { password: 'wrong' })).body.code).toBe(
      'WRONG_PASSWORD',
    );
    const offer = (await plain.ask('POST', '/governance/own-account/totp', { password: right })).body;
    const before = plain.cookie;
    const code = codeOf(offer.secret, now());
    expect((await plain.ask('PUT', '/governance/own-account/totp', { ticket: offer.ticket, code })).status).toBe(200);
    expect(plain.cookie).not.toBe(before);
    expect((await callerAt(served).signIn(person.userName, right)).body.stage).toBe('second-factor');
    expect((await removal(plain, 'wrong')).body.code).toBe('WRONG_PASSWORD');
    expect((await removal(plain, right)).body).toEqual({ done: true });
    expect((await callerAt(served).signIn(person.userName, right)).body.stage).toBe('full');
  });

  test('whoever is made an administrator while signed in must sign in anew and enrol', async () => {
    const { id, userName } = await aPerson();
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    expect((await caller.ask('GET', '/governance/session')).status).toBe(200);
    const change = {
      by: { id: 'test', name: '测试', organisationId: null, ip: '' },
      what: {},
      at: now(),
      traceId: 'test',
    };
    await inTransaction(served.database.db, (tx) =>
      served.product.accessList.change(tx, change, (list) => ({
        ...list,
        holdings: [...list.holdings, { subjectId: id, roleId: 'system-administrator' }],
      })),
    );
    seconds(5);
    const reply = await caller.ask('GET', '/governance/session');
    expect([reply.status, reply.body.message]).toEqual([401, '登录验证方式已变更，请重新登录']);
    expect((await caller.signIn(userName, right)).body.stage).toBe('enrol');
  });

  test('its secret is sealed and never in the log', async () => {
    const { secret } = await enrolled(callerAt(served), (await anAdministrator()).userName);
    const { rows } = await sql<{ text: string }>`
      select sealed_secret as text from governance.totp union all select detail from kernel.audit_entry`.execute(
      served.database.db,
    );
    expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
  });
});
