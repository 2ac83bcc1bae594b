import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulatedClient } from '#apps/simulators/sign-on/client.ts';
import type { Twist } from '#apps/simulators/sign-on/provider.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt } from '#testkit/sign-in-door.ts';
import { type Answer, aSignOnDoor, type Begun, home, type SignOnDoor } from '#testkit/sign-on-door.ts';
import type { TestSimulators } from '#testkit/simulators.ts';
import { usualSignIn } from './account.parts.ts';
import { ensureAccount } from './account.store.ts';
import { setStatus } from './account-state.store.ts';

// Real: PostgreSQL, the whole product behind its web server, openid-client, the simulated provider over HTTP. Made up: the browser.

let door: SignOnDoor;
let provider: TestSimulators;
let served: ServedProduct;
const right = 'Wall-and-gate-7';

beforeAll(async () => {
  door = await aSignOnDoor();
  ({ provider, served } = door);
});
afterAll(() => door.close());

const begun = (caller: Caller) => door.begun(caller);
const answerOf = (from: Begun, subject: string) => door.answerOf(from, subject);
const finish = (caller: Caller, answer: Answer) => door.finish(caller, answer);

/** Whom one may be at the provider. */
const clerk = 'gov-4071';
const observer = 'gov-4074';
const administrator = 'gov-4075';
const stranger = 'gov-4079';

const twist = (how: Twist): Promise<Response> =>
  fetch(`${provider.url}/sign-on/twist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ twist: how }),
  });

describe('R42: government sign-on', () => {
  test('whoever’s verified identity number stands with an account gets in, and stays bound by subject', async () => {
    const caller = callerAt(served);
    const first = await finish(caller, await answerOf(await begun(caller), clerk));
    expect(first.body).toMatchObject({ stage: 'full', me: { userName: 'clerk1' } });
    const own = (await caller.ask('GET', '/governance/own-account')).body;
    expect(own.signOn.bound).toEqual([{ subject: clerk, boundAt: expect.any(String) }]);
    const [session] = (await caller.ask('GET', '/governance/own-account/sessions')).body;
    expect(session.way).toBe('sign-on');
    const again = callerAt(served);
    expect((await finish(again, await answerOf(await begun(again), clerk))).body.stage).toBe('full');
  });

  test('somebody without an account gets none', async () => {
    const caller = callerAt(served);
    const reply = await finish(caller, await answerOf(await begun(caller), stranger));
    expect([reply.status, reply.body.code, reply.cookie]).toEqual([403, 'NOT_BOUND', '']);
  });

  test('an administrator still shows the second factor', async () => {
    const caller = callerAt(served);
    const reply = await finish(caller, await answerOf(await begun(caller), administrator));
    expect(reply.body).toMatchObject({ stage: 'second-factor', ways: ['code'] });
    expect((await caller.ask('GET', '/governance/session')).status).toBe(401);
  });

  test('a disabled account stays shut', async () => {
    const { database, clock } = served;
    await inTransaction(database.db, (tx) => setStatus(tx, 'demo-observer1', 'disabled', clock.now()));
    const caller = callerAt(served);
    expect((await finish(caller, await answerOf(await begun(caller), observer))).body.code).toBe('SHUT');
    await inTransaction(database.db, (tx) => setStatus(tx, 'demo-observer1', 'active', clock.now()));
    expect((await finish(caller, await answerOf(await begun(caller), observer))).body.stage).toBe('full');
  });

  test('the question goes out with PKCE, state and nonce, each new', async () => {
    const questions = [await begun(callerAt(served)), await begun(callerAt(served))].map(
      ({ address }) => new URL(address).searchParams,
    );
    for (const name of ['code_challenge', 'state', 'nonce']) {
      const values = questions.map((one) => one.get(name) ?? '');
      expect(values.every((value) => value.length >= 32)).toBe(true);
      expect(new Set(values).size).toBe(2);
    }
    expect(questions[0]?.get('code_challenge_method')).toBe('S256');
  });
});

describe('R42: government sign-on lets nobody in by', () => {
  const refused = async (answer: Answer, code = 'SIGN_ON_REFUSED'): Promise<void> => {
    const caller = callerAt(served);
    const reply = await finish(caller, answer);
    expect([reply.body.code, reply.cookie]).toEqual([code, '']);
  };
  const lastRefusals = async () =>
    (
      await sql<{ detail: string }>`select detail from kernel.audit_entry
        where action = 'governance.account.signIn' and outcome = 'refused' order by at desc, seq desc limit 1`.execute(
        served.database.ownerDb,
      )
    ).rows.map(({ detail }) => ({ detail: typeof detail === 'string' ? JSON.parse(detail) : detail }));
  const good = async (): Promise<Answer> => answerOf(await begun(callerAt(served)), clerk);

  test.each(['wrong-nonce', 'other-issuer', 'other-audience', 'expired', 'bad-signature'] as const)(
    'an ID token with %s',
    async (how) => {
      const answer = await good();
      await twist(how);
      const before = served.signOnFailures.length;
      await refused(answer);
      // R45: the server's log and the audit log tell the cause by its code, and nothing that the provider or the person sent.
      const [failure] = served.signOnFailures.slice(before);
      expect(failure?.message).toMatch(/^government sign-on failed to finish: OAUTH_\w+$/);
      expect(failure?.cause).toBeUndefined();
      const [fact] = await lastRefusals();
      expect(fact?.detail).toEqual({ why: 'sign_on_refused', way: 'sign-on', cause: failure?.why.code });
      for (const said of [answer.code, answer.state, clerk]) expect(JSON.stringify(failure)).not.toContain(said);
    },
  );

  test('a return nobody began: a forged ticket, or none of ours', async () => {
    const answer = await good();
    await refused({ ...answer, ticket: 's1.k.forged' }, 'TICKET_GONE');
    const captcha = (await callerAt(served).ask('POST', '/governance/session/captcha', { userName: 'clerk1' })).body;
    await refused({ ...answer, ticket: captcha.ticket }, 'TICKET_GONE');
  });

  test('another browser’s return: its state does not fit this one’s beginning', async () => {
    const attacker = await good();
    const victim = await good();
    await refused({ ...victim, code: attacker.code, state: attacker.state });
    await refused({ ...attacker, state: 'made-up' });
  });

  test('another browser’s code under one’s own state: the verifier does not fit', async () => {
    const attacker = await good();
    const victim = await good();
    await refused({ ...victim, code: attacker.code });
  });

  test('the issuer of a different provider in the address', async () => {
    await refused({ ...(await good()), iss: 'https://elsewhere.example' });
  });

  test('the same return twice, or the same code under a fresh beginning', async () => {
    const answer = await good();
    const caller = callerAt(served);
    expect((await finish(caller, answer)).body.stage).toBe('full');
    await refused(answer, 'TICKET_GONE');
    const fresh = await good();
    await refused({ ...fresh, code: answer.code });
  });

  test('a beginning that lies more than ten minutes back', async () => {
    const answer = await good();
    served.clock.advance(10 * 60_000 + 1);
    await refused(answer, 'TICKET_GONE');
  });

  test('an answer meant for binding, and binding by an answer meant for signing in', async () => {
    const inside = callerAt(served);
    const passwordHash = await hashPassword(right);
    const { database, clock } = served;
    const person = { id: 'sign-on-1', userName: 'signon1', name: '关联演示', organisationId: null, passwordHash };
    await ensureAccount(database.db, { ...person, at: clock.now() });
    await inside.signIn('signon1', right);
    const begin = (await inside.ask('POST', '/governance/own-account/sign-on', { password: right })).body;
    await refused(await answerOf(begin, stranger), 'TICKET_GONE');
    const bind = (answer: Answer) => inside.ask('PUT', '/governance/own-account/sign-on', answer);
    expect((await bind(await good())).body.code).toBe('TICKET_GONE');
    const again = (await inside.ask('POST', '/governance/own-account/sign-on', { password: right })).body;
    expect((await bind(await answerOf(again, stranger))).body).toEqual({ done: true });
    const outside = callerAt(served);
    expect((await finish(outside, await answerOf(await begun(outside), stranger))).body.me.userName).toBe('signon1');
    const taken = (await inside.ask('POST', '/governance/own-account/sign-on', { password: right })).body;
    expect((await bind(await answerOf(taken, clerk))).body.code).toBe('TAKEN');
    expect((await inside.ask('POST', '/governance/own-account/sign-on/removal', { password: right })).body).toEqual({
      done: true,
    });
    expect((await finish(outside, await answerOf(await begun(outside), stranger))).body.code).toBe('NOT_BOUND');
  });
});

describe('R57: the simulated provider', () => {
  test('sends a browser nowhere but to the registered address', async () => {
    const { address } = await begun(callerAt(served));
    for (const [name, value] of [
      ['redirect_uri', 'https://elsewhere.example/sign-in/callback'],
      ['client_id', 'somebody'],
      ['code_challenge_method', 'plain'],
    ] as const) {
      const other = new URL(address);
      other.searchParams.set(name, value);
      const reply = await fetch(other, { redirect: 'manual' });
      expect([name, reply.status, reply.headers.get('location')]).toEqual([name, 400, null]);
    }
  });

  test('gives no token without the client’s secret', async () => {
    const reply = await fetch(`${provider.url}/sign-on/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa('sww-supervision:guess')}`,
      },
      body: 'grant_type=authorization_code&code=x',
    });
    expect(reply.status).toBe(401);
  });
});

test('R42: a provider that does not answer is said so, and is asked again next time', async () => {
  const elsewhere = await aServedProduct('2026-11-23T02:00:00Z', {
    ...usualSignIn,
    signOn: { ...simulatedClient, issuer: 'http://127.0.0.1:9/sign-on', redirectUri: `${home}/sign-in/callback` },
  });
  const caller = callerAt(elsewhere);
  for (let count = 0; count < 2; count += 1) {
    const reply = await caller.ask('POST', '/governance/sign-on');
    expect([reply.status, reply.body.code]).toEqual([503, 'SIGN_ON_UNREACHABLE']);
  }
  expect((await caller.ask('GET', '/governance/sign-on')).body.title).toContain('统一身份认证');
  expect(elsewhere.signOnFailures.map(({ why }) => why.step)).toEqual(['begin', 'begin']);
  const facts = await sql<{ detail: string }>`select detail from kernel.audit_entry
    where action = 'governance.account.signIn' and outcome = 'refused'`.execute(elsewhere.database.ownerDb);
  expect(facts.rows.map(({ detail }) => JSON.parse(detail).why)).toEqual([
    'sign_on_unreachable',
    'sign_on_unreachable',
  ]);
  await elsewhere.close();
});

test('R42: where it is not set up it is not offered', async () => {
  const without = await aServedProduct();
  const caller = callerAt(without);
  expect((await caller.ask('GET', '/governance/sign-on')).body).toEqual({ title: null });
  expect((await caller.ask('POST', '/governance/sign-on')).body.code).toBe('SIGN_ON_OFF');
  await without.close();
});
