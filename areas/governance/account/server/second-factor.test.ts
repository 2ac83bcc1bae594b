import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedSteps } from '#apps/server/signed-steps.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt, codeOf } from '#testkit/sign-in-door.ts';
import { aDoorway, type Doorway } from '#testkit/sign-in-people.ts';
import { usualSignIn } from './account.parts.ts';

// Real: PostgreSQL, the whole product behind its web server, the access list, TOTP. Made up: the clock, the captcha's word, the phone.

let door: Doorway;
let served: ServedProduct;
beforeAll(async () => {
  door = await aDoorway();
  ({ served } = door);
});
afterAll(() => served.close());

const right = 'Wall-and-gate-7';

describe('R42: the second factor', () => {
  const prove = (caller: Caller, code: string) => caller.ask('POST', '/governance/session/code', { code });

  test('an administrator without one enrols before anything else', async () => {
    const { userName } = await door.anAdministrator();
    const caller = callerAt(served);
    expect((await caller.signIn(userName, right)).body).toEqual({ stage: 'enrol', userName });
    const { stage, recoveryCodes, secret } = await door.enrol(caller, userName);
    expect([stage, recoveryCodes.length]).toEqual(['full', 10]);
    expect((await caller.ask('GET', '/governance/session')).body.userName).toBe(userName);
    expect((await caller.signIn(userName, right)).body).toEqual({ stage: 'second-factor', userName, ways: ['code'] });
    expect((await prove(caller, codeOf(secret, door.now()))).body.stage).toBe('full');
  });

  test('a mistyped code does not use the picture up; a ticket of somebody else, or an old one, is none', async () => {
    const mine = callerAt(served);
    await mine.signIn((await door.anAdministrator()).userName, right);
    const theirs = callerAt(served);
    await theirs.signIn((await door.anAdministrator()).userName, right);
    const offer = (await mine.ask('POST', '/governance/session/enrolment')).body;
    const finish = async (caller: Caller, code: string) =>
      (await caller.ask('PUT', '/governance/session/enrolment', { ticket: offer.ticket, code })).body;
    expect((await finish(mine, '000000')).code).toBe('WRONG_CODE');
    expect((await finish(theirs, codeOf(offer.secret, door.now()))).code).toBe('TICKET_GONE');
    expect((await finish(mine, codeOf(offer.secret, door.now()))).progress.stage).toBe('full');
    const late = callerAt(served);
    await late.signIn((await door.anAdministrator()).userName, right);
    const stale = (await late.ask('POST', '/governance/session/enrolment')).body;
    door.seconds(599);
    const again = callerAt(served);
    again.cookie = late.cookie;
    door.seconds(2);
    expect(
      (await again.ask('PUT', '/governance/session/enrolment', { ticket: stale.ticket, code: '123456' })).status,
    ).toBe(403);
  });

  test('a code serves once, half a minute early or late, and no code before the last one used', async () => {
    const { userName } = await door.anAdministrator();
    const caller = callerAt(served);
    const { secret } = await door.enrol(caller, userName);
    const at = async (offset: number): Promise<string> => {
      const fresh = callerAt(served);
      const { body } = await fresh.signIn(userName, right);
      const code = codeOf(secret, new Date(door.now().getTime() + offset * 1_000));
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
    door.seconds(60);
    expect(await at(0)).toBe('full');
  });

  test('the same code sent twice at once lets in once', async () => {
    const { userName } = await door.anAdministrator();
    const { secret } = await door.enrol(callerAt(served), userName);
    const both = [callerAt(served), callerAt(served)];
    for (const one of both) await one.signIn(userName, right);
    const code = codeOf(secret, door.now());
    const stages = (await Promise.all(both.map((one) => prove(one, code)))).map(({ body }) => body.stage ?? body.code);
    expect(stages.sort()).toEqual(['WRONG_CODE', 'full']);
  });

  test('a recovery code serves once, however it is written; new ones replace all', async () => {
    const { userName } = await door.anAdministrator();
    const caller = callerAt(served);
    const { recoveryCodes } = await door.enrol(caller, userName);
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
    const { userName } = await door.anAdministrator();
    await door.enrol(callerAt(served), userName);
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
    const { userName } = await door.anAdministrator();
    await door.enrol(admin, userName);
    const removal = (caller: Caller, password: string) =>
      caller.ask('POST', '/governance/own-account/totp/removal', { password });
    expect((await removal(admin, right)).body.code).toBe('LAST_FACTOR');

    const plain = callerAt(served);
    const person = await door.aPerson();
    await plain.signIn(person.userName, right);
    expect((await plain.ask('POST', '/governance/own-account/totp', { password: 'wrong' })).body.code).toBe(
      'WRONG_PASSWORD',
    );
    const offer = (await plain.ask('POST', '/governance/own-account/totp', { password: right })).body;
    const before = plain.cookie;
    const code = codeOf(offer.secret, door.now());
    expect((await plain.ask('PUT', '/governance/own-account/totp', { ticket: offer.ticket, code })).status).toBe(200);
    expect(plain.cookie).not.toBe(before);
    expect((await callerAt(served).signIn(person.userName, right)).body.stage).toBe('second-factor');
    expect((await removal(plain, 'wrong')).body.code).toBe('WRONG_PASSWORD');
    expect((await removal(plain, right)).body).toEqual({ done: true });
    expect((await callerAt(served).signIn(person.userName, right)).body.stage).toBe('full');
  });

  test('whoever is made an administrator while signed in must sign in anew and enrol', async () => {
    const { id, userName } = await door.aPerson();
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    expect((await caller.ask('GET', '/governance/session')).status).toBe(200);
    await door.giveRole(id, 'system-administrator');
    door.seconds(5);
    const reply = await caller.ask('GET', '/governance/session');
    expect([reply.status, reply.body.message]).toEqual([401, '登录验证方式已变更，请重新登录']);
    expect((await caller.signIn(userName, right)).body.stage).toBe('enrol');
  });

  test('its secret is sealed and never in the log', async () => {
    const { secret } = await door.enrol(callerAt(served), (await door.anAdministrator()).userName);
    const { rows } = await sql<{ text: string }>`
      select sealed_secret as text from governance.totp union all select detail from kernel.audit_entry`.execute(
      served.database.db,
    );
    expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
  });
});

test('R42: where signed steps demand it, a reviewer enrols first and a clerk of an enterprise does not', async () => {
  const rules = { ...usualSignIn.rules, secondFactorSteps: signedSteps };
  const strict = await aServedProduct('2026-11-23T02:00:00Z', { ...usualSignIn, rules });
  const stage = async (userName: string) => (await callerAt(strict).signIn(userName, 'Demo-2026!')).body.stage;
  expect([await stage('desk1'), await stage('clerk1'), await stage('observer1')]).toEqual(['enrol', 'full', 'full']);
  await strict.close();
});
