import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { callerAt, captchaWord } from '#testkit/sign-in-door.ts';
import { usualSignIn } from './account.parts.ts';
import { ensureAccount } from './account.store.ts';
import { setStatus, setValidUntil, unlockAccount } from './account-state.store.ts';

// Real: PostgreSQL, the whole product behind its web server, PBKDF2. Made up: the clock and the words on captchas.

let served: ServedProduct;
let passwordHash: string;
const right = 'Wall-and-gate-7';
let made = 0;

beforeAll(async () => {
  served = await aServedProduct('2026-11-23T02:00:00Z', { ...usualSignIn, captchaText: () => captchaWord });
  passwordHash = await hashPassword(right);
});
afterAll(() => served.close());

/** A person of their own for each test. */
const aPerson = async (): Promise<{ id: string; userName: string }> => {
  made += 1;
  const one = { id: `door-${made}`, userName: `person${made}` };
  const { database, clock } = served;
  await ensureAccount(database.db, { ...one, name: '门口演示', organisationId: null, passwordHash, at: clock.now() });
  return one;
};
const minutes = (count: number): void => served.clock.advance(count * 60_000);
const inTx = <T>(work: Parameters<typeof inTransaction<T>>[1]): Promise<T> => inTransaction(served.database.db, work);

describe('R42: failures lock a name', () => {
  test('five wrong passwords bar it for half an hour, the right one included', async () => {
    const { userName } = await aPerson();
    const caller = callerAt(served);
    const codes: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      const { body } =
        count < 3 ? await caller.signIn(userName, 'wrong') : await caller.readAndSignIn(userName, 'wrong');
      codes.push(body.code);
    }
    expect(codes).toEqual(['WRONG', 'WRONG', 'WRONG', 'WRONG', 'WRONG', 'LOCKED']);
    expect((await caller.readAndSignIn(userName, right)).body.code).toBe('LOCKED');
    minutes(29);
    expect((await caller.readAndSignIn(userName, right)).body.code).toBe('LOCKED');
    minutes(2);
    expect((await caller.readAndSignIn(userName, right)).body.stage).toBe('full');
  });

  test('a hundred guesses at once are counted one by one: no more than five are judged', async () => {
    const { userName } = await aPerson();
    const guesses = Array.from({ length: 30 }, (_, index) => callerAt(served).signIn(userName, `wrong${index}`));
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'WRONG')).toHaveLength(5);
    expect((await callerAt(served).readAndSignIn(userName, right)).body.code).toBe('LOCKED');
  });

  test('signing in wipes failures out, and an administrator can lift a lock', async () => {
    const { id, userName } = await aPerson();
    const fail = () => callerAt(served).readAndSignIn(userName, 'wrong');
    for (let count = 0; count < 4; count += 1) await fail();
    expect((await callerAt(served).readAndSignIn(userName, right)).body.stage).toBe('full');
    for (let count = 0; count < 5; count += 1) await fail();
    expect((await fail()).body.code).toBe('LOCKED');
    await inTx((tx) => unlockAccount(tx, id));
    expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
  });
});

describe('R42: a picture must be read after three failures', () => {
  test('of a name, from whatever address', async () => {
    const { userName } = await aPerson();
    for (let count = 0; count < 3; count += 1) {
      const { body } = await callerAt(served).signIn(userName, 'wrong');
      expect(body.detail).toEqual({ captcha: count === 2 });
    }
    expect((await callerAt(served).signIn(userName, right)).body).toMatchObject({
      code: 'CAPTCHA',
      detail: { captcha: true },
    });
  });

  test('from an address, for whatever name, until it has been quiet for half an hour', async () => {
    const caller = callerAt(served);
    for (let count = 0; count < 3; count += 1) await caller.signIn((await aPerson()).userName, 'wrong');
    const { userName } = await aPerson();
    expect((await caller.signIn(userName, right)).body.code).toBe('CAPTCHA');
    expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
    minutes(31);
    expect((await caller.signIn(userName, right)).body.stage).toBe('full');
  });

  test('from a network of IPv6 addresses, which one person holds', async () => {
    for (let count = 1; count <= 3; count += 1)
      await callerAt(served, `2001:db8:7:1::${count}`).signIn((await aPerson()).userName, 'wrong');
    const { userName } = await aPerson();
    expect((await callerAt(served, '2001:db8:7:1::9').signIn(userName, right)).body.code).toBe('CAPTCHA');
    expect((await callerAt(served, '2001:db8:7:2::9').signIn(userName, right)).body.stage).toBe('full');
  });

  test('which serves one attempt, of that name, from that address, for five minutes', async () => {
    const { userName } = await aPerson();
    const caller = callerAt(served);
    for (let count = 0; count < 3; count += 1) await caller.signIn(userName, 'wrong');
    const offer = async (of = userName, by = caller) =>
      (await by.ask('POST', '/governance/session/captcha', { userName: of })).body;
    const answer = async (ticket: string, text = captchaWord) =>
      (await caller.signIn(userName, right, { ticket, text })).body.code ?? 'in';

    expect(await answer((await offer()).ticket, 'NOPE')).toBe('CAPTCHA');
    expect(await answer((await offer('somebody-else')).ticket)).toBe('CAPTCHA');
    expect(await answer((await offer(userName, callerAt(served))).ticket)).toBe('CAPTCHA');
    const stale = await offer();
    minutes(6);
    expect(await answer(stale.ticket)).toBe('CAPTCHA');
    expect(await answer('s1.forged.ticket')).toBe('CAPTCHA');
    const misread = await offer();
    expect(await answer(misread.ticket, 'NOPE')).toBe('CAPTCHA');
    expect(await answer(misread.ticket)).toBe('CAPTCHA');

    const good = await offer();
    expect(good.picture).toMatch(/^<svg/);
    expect(good.picture).not.toContain(captchaWord);
    expect(await answer(good.ticket, ` ${captchaWord.toLowerCase()} `)).toBe('in');
  });

  test('a picture that is not read, or misread, does not count as a failure', async () => {
    const { userName } = await aPerson();
    const caller = callerAt(served);
    for (let count = 0; count < 3; count += 1) await caller.signIn(userName, 'wrong');
    for (let count = 0; count < 10; count += 1) await caller.signIn(userName, 'wrong');
    expect((await caller.readAndSignIn(userName, right)).body.stage).toBe('full');
  });
});

describe('R42: nobody learns whether a name exists', () => {
  type Move = 'wrong' | 'wrong-read' | 'misread' | 'second-step' | 'wait';
  const move = fc.constantFrom<Move>('wrong', 'wrong-read', 'wrong-read', 'misread', 'second-step', 'wait');

  /** Everything a stranger can see of a run of attempts, apart from what is drawn by lot. */
  const seenBy = async (userName: string, moves: readonly Move[]): Promise<readonly unknown[]> => {
    const caller = callerAt(served);
    const seen: unknown[] = [];
    for (const one of moves) {
      const picture =
        one === 'wrong' ? undefined : (await caller.ask('POST', '/governance/session/captcha', { userName })).body;
      const reply =
        one === 'wait'
          ? { status: 0, body: {}, cookie: '' }
          : one === 'second-step'
            ? await caller.ask('POST', '/governance/session/code', { code: '123456' })
            : await caller.signIn(
                userName,
                'wrong',
                picture && { ticket: picture.ticket, text: one === 'misread' ? 'NOPE' : captchaWord },
              );
      const { traceId, ...body } = reply.body;
      seen.push({ one, status: reply.status, body, cookie: reply.cookie, picture: picture && Object.keys(picture) });
    }
    return seen;
  };

  test('whatever is tried, a name nobody has, a person’s and a disabled person’s are answered alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 9 }), async (moves) => {
        const known = await aPerson();
        const shut = await aPerson();
        await inTx((tx) => setStatus(tx, shut.id, 'disabled', served.clock.now()));
        const ofKnown = await seenBy(known.userName, moves);
        expect(await seenBy(`nobody${made}`, moves)).toEqual(ofKnown);
        expect(await seenBy(shut.userName, moves)).toEqual(ofKnown);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('who is disabled or has run out is told so only with the right password', async () => {
    const disabled = await aPerson();
    await inTx((tx) => setStatus(tx, disabled.id, 'disabled', served.clock.now()));
    const expired = await aPerson();
    await inTx((tx) => setValidUntil(tx, expired.id, new Date(served.clock.now().getTime() - 1)));
    for (const { userName } of [disabled, expired]) {
      expect((await callerAt(served).signIn(userName, 'wrong')).body.code).toBe('WRONG');
      const { status, body, cookie } = await callerAt(served).signIn(userName, right);
      expect([status, body.code, cookie]).toEqual([403, 'SHUT', '']);
    }
  });

  test('a mistyped password in the place of a name is kept nowhere', async () => {
    await callerAt(served).signIn('My-Secret-Pass1', 'x');
    const { rows } = await sql<{ found: string }>`
      select key as found from governance.sign_in_failure
      union all select actor_id || actor_name || detail from kernel.audit_entry`.execute(served.database.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ found }) => found.includes('My-Secret-Pass1'))).toEqual([]);
  });
});

test('R42: a hash made with fewer rounds is made anew when its password is next shown', async () => {
  const { id, userName } = await aPerson();
  const { pbkdf2Sync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 3);
  const old = `p1.20000.${salt.toString('base64url')}.${pbkdf2Sync(right, salt, 20_000, 32, 'sm3').toString('base64url')}`;
  await sql`update governance.user_account set password_hash = ${old} where id = ${id}`.execute(served.database.db);
  const hashNow = async () =>
    (
      await sql<{ h: string }>`select password_hash as h from governance.user_account where id = ${id}`.execute(
        served.database.db,
      )
    ).rows[0]?.h;
  await callerAt(served).signIn(userName, 'wrong');
  expect(await hashNow()).toBe(old);
  expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
  expect(await hashNow()).toMatch(/^p1\.100000\./);
  expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
});
