import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt, captchaWord } from '#testkit/sign-in-door.ts';
import { usualSignIn } from './account.parts.ts';
import { ensureAccount } from './account.store.ts';
import { setStatus, setValidUntil } from './account-state.store.ts';
import { sessionsOver } from './sessions.ts';

// Real: PostgreSQL, the whole product behind its web server. Made up: the clock.

let served: ServedProduct;
let passwordHash: string;
const right = 'Wall-and-gate-7';
let made = 0;

beforeAll(async () => {
  served = await aServedProduct('2026-11-23T02:00:00Z', { ...usualSignIn, captchaText: () => captchaWord });
  passwordHash = await hashPassword(right);
});
afterAll(() => served.close());

const aPerson = async (): Promise<{ id: string; userName: string }> => {
  made += 1;
  const one = { id: `seat-${made}`, userName: `seat${made}` };
  const { database, clock } = served;
  await ensureAccount(database.db, { ...one, name: '座位演示', organisationId: null, passwordHash, at: clock.now() });
  return one;
};
const minutes = (count: number): void => served.clock.advance(count * 60_000);
/** Longer than a session is remembered in a process. */
const aMoment = (): void => served.clock.advance(4_000);
const signedIn = async (userName: string): Promise<Caller> => {
  const caller = callerAt(served);
  expect((await caller.signIn(userName, right)).body.stage).toBe('full');
  return caller;
};
/** What a session meets now: `in`, or the words it is turned away with. */
const meets = async (caller: Caller): Promise<string> => {
  const { status, body } = await caller.ask('GET', '/governance/session');
  return status === 200 ? 'in' : body.message;
};

test('R42: a fourth sign-in ends the oldest, which is told why, as is the new one', async () => {
  const { userName } = await aPerson();
  const seats: Caller[] = [];
  for (let count = 0; count < 3; count += 1) {
    seats.push(await signedIn(userName));
    minutes(1);
  }
  const fourth = callerAt(served);
  expect((await fourth.signIn(userName, right)).body.endedElsewhere).toBe(1);
  aMoment();
  const [first, ...others] = seats;
  expect(first && (await meets(first))).toMatch(/您的账号在其他设备上登录.*请尽快修改密码/);
  for (const one of [...others, fourth]) expect(await meets(one)).toBe('in');
});

test('R42: sessions that have run out do not take a place', async () => {
  const { userName } = await aPerson();
  for (let count = 0; count < 3; count += 1) await signedIn(userName);
  minutes(31);
  const fresh = callerAt(served);
  expect((await fresh.signIn(userName, right)).body.endedElsewhere).toBe(0);
  expect((await fresh.ask('GET', '/governance/own-account/sessions')).body).toHaveLength(1);
});

test('R42: a session ends when it lies idle, however often a page nobody is at asks for news', async () => {
  const { userName } = await aPerson();
  const busy = await signedIn(userName);
  const left = await signedIn(userName);
  const news = () =>
    served.server.inject({ url: '/api/governance/session', headers: { cookie: left.cookie, 'x-unattended': 'yes' } });
  for (let count = 0; count < 6; count += 1) {
    minutes(5);
    expect(await meets(busy)).toBe('in');
    expect((await news()).statusCode).toBe(200);
  }
  minutes(5);
  expect(await meets(busy)).toBe('in');
  expect((await news()).json().message).toMatch(/较长时间没有操作/);
});

test('R42: a session ends after twelve hours, however busy', async () => {
  const { userName } = await aPerson();
  const caller = await signedIn(userName);
  for (let count = 0; count < 36; count += 1) {
    minutes(20);
    expect(await meets(caller)).toBe('in');
  }
  minutes(1);
  expect(await meets(caller)).toMatch(/最长时间/);
});

test('R42: one’s own sessions are listed and ended; nobody else’s', async () => {
  const { userName } = await aPerson();
  const here = await signedIn(userName);
  const there = await signedIn(userName);
  const stranger = await signedIn((await aPerson()).userName);
  const list = (await here.ask('GET', '/governance/own-account/sessions')).body;
  expect(list).toEqual([
    expect.objectContaining({ here: true, ip: here.ip, way: 'password', userAgent: 'a test’s browser' }),
    expect.objectContaining({ here: false, ip: there.ip }),
  ]);
  expect(JSON.stringify(list)).not.toContain(here.cookie.split('=')[1]);
  const end = (caller: Caller, id: string) => caller.ask('DELETE', `/governance/own-account/sessions/${id}`);
  expect((await end(stranger, list[1].id)).body.code).toBe('NOT_FOUND');
  expect((await end(here, list[1].id)).body).toEqual({ done: true });
  expect(await meets(there)).toMatch(/由您在其他设备上退出/);
  expect((await end(here, list[1].id)).body.code).toBe('NOT_FOUND');
});

test('R42: ending all others leaves the one that asks', async () => {
  const { userName } = await aPerson();
  const [here, ...others] = [await signedIn(userName), await signedIn(userName), await signedIn(userName)];
  expect((await here?.ask('POST', '/governance/own-account/sessions/end-others'))?.body).toEqual({ ended: 2 });
  expect(here && (await meets(here))).toBe('in');
  for (const one of others) expect(await meets(one)).toMatch(/由您在其他设备上退出/);
});

test('R42: a new password ends all other sessions and renews this one’s token', async () => {
  const { userName } = await aPerson();
  const here = await signedIn(userName);
  const there = await signedIn(userName);
  const before = here.cookie;
  const reply = await here.ask('PUT', '/governance/own-account/password', { current: right, next: 'Other-gate-11' });
  expect(reply.body).toEqual({ endedSessions: 1 });
  expect(here.cookie).not.toBe(before);
  expect(await meets(here)).toBe('in');
  expect(await meets(there)).toMatch(/密码已修改/);
  const old = callerAt(served);
  old.cookie = before;
  expect(await meets(old)).toBe('请先登录');
});

test('R42: a wrong present password changes nothing and counts towards the lock', async () => {
  const { userName } = await aPerson();
  const here = await signedIn(userName);
  const wrong = () => here.ask('PUT', '/governance/own-account/password', { current: 'wrong', next: 'Other-gate-11' });
  const codes: string[] = [];
  for (let count = 0; count < 5; count += 1) codes.push((await wrong()).body.code);
  expect(codes).toEqual([...Array.from({ length: 4 }, () => 'WRONG_PASSWORD'), 'LOCKED']);
  expect(
    (await here.ask('PUT', '/governance/own-account/password', { current: right, next: 'Other-gate-11' })).body.code,
  ).toBe('LOCKED');
  minutes(29);
  expect((await callerAt(served).readAndSignIn(userName, right)).body.code).toBe('LOCKED');
});

test.each(['disabled', 'expired'] as const)(
  'R42: %s, everything ends within seconds, in every process',
  async (how) => {
    const { id, userName } = await aPerson();
    const caller = await signedIn(userName);
    const { product, database, clock } = served;
    const { db } = database;
    // A second process: its own memory of sessions over the same database.
    const elsewhere = sessionsOver({
      db,
      clock,
      limits: { idleMinutes: 30, absoluteMinutes: 720 },
      access: product.access,
      rules: { secondFactorRoles: [], secondFactorSteps: [] },
    });
    const token = caller.cookie.split('=')[1] ?? '';
    expect(await elsewhere.subjectOf(token)).toMatchObject({ id });
    await inTransaction(db, (tx) =>
      how === 'disabled' ? setStatus(tx, id, 'disabled', clock.now()) : setValidUntil(tx, id, clock.now()),
    );
    aMoment();
    expect(await elsewhere.subjectOf(token)).toBeUndefined();
    expect(await meets(caller)).toMatch(how === 'disabled' ? /账号已停用/ : /已过有效期/);
  },
);

test('R42: signing out ends the session and clears the cookie', async () => {
  const { userName } = await aPerson();
  const caller = await signedIn(userName);
  const token = caller.cookie;
  await caller.ask('DELETE', '/governance/session');
  expect(caller.cookie).toBe('hs_session=');
  caller.cookie = token;
  expect(await meets(caller)).toBe('您已退出登录');
});

test('R42: no token stands in the database, only its SM3', async () => {
  const { userName } = await aPerson();
  const caller = await signedIn(userName);
  const token = caller.cookie.split('=')[1];
  const { rows } = await sql<{ row: string }>`select s::text as row from governance.session s`.execute(
    served.database.db,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ row }) => row.includes(token ?? ''))).toEqual([]);
});
