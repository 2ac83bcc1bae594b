import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt, codeOf } from '#testkit/sign-in-door.ts';
import { aDoorway, type Doorway } from '#testkit/sign-in-people.ts';
import { requireChange } from './account-state.store.ts';

// Real: PostgreSQL, the whole product behind its web server, the access list. Made up: the clock, the captcha's word, the phone.

let door: Doorway;
let served: ServedProduct;
beforeAll(async () => {
  door = await aDoorway();
  ({ served } = door);
});
afterAll(() => served.close());

const right = 'Wall-and-gate-7';
const other = 'Another-gate-8';

test('R42: demo codes are shown in demo mode for accounts as they were made, and are good', async () => {
  const list = () => served.server.inject('/api/governance/demo-accounts').then((reply) => reply.json());
  const admin = (await list()).find((one: { userName: string }) => one.userName === 'admin1');
  const caller = callerAt(served);
  await caller.signIn('admin1', admin.password);
  expect((await caller.ask('POST', '/governance/session/code', { code: admin.code })).body.stage).toBe('full');
  const after = (await list()).find((one: { userName: string }) => one.userName === 'admin1');
  expect(after.code).not.toBe(admin.code);
  door.seconds(1);
  const newcomer = callerAt(served);
  await newcomer.signIn('newcomer1', admin.password);
  await newcomer.ask('PUT', '/governance/session/password', { next: 'First-gate-9' });
  expect((await list()).some((one: { userName: string }) => one.userName === 'newcomer1')).toBe(false);
});

describe('R42: a half signed-in person may do nothing but go on', () => {
  const operations = (): readonly Operation[] => served.product.areas.flatMap((area) => area.plan.operations);

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
      if (stage === 'change-password') await caller.signIn((await door.aPerson({ mustChange: true })).userName, right);
      if (stage === 'enrol') await caller.signIn((await door.anAdministrator()).userName, right);
      if (stage === 'second-factor') {
        const { userName } = await door.anAdministrator();
        await door.enrol(caller, userName);
        expect((await caller.signIn(userName, right)).body.stage).toBe(stage);
      }
      const half = caller.cookie;
      const asked = operations().filter(({ permission }) => permission !== 'public');
      expect(asked.length).toBeGreaterThan(40);
      for (const operation of asked) {
        const reply = await askWith(operation, half);
        // Other doors say in words of their own whom they do not know.
        const code = operation.door === 'system' ? expect.any(String) : 'NOT_SIGNED_IN';
        expect([operation.id, reply.statusCode, reply.json().code]).toEqual([operation.id, 401, code]);
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
    await caller.signIn((await door.aPerson({ mustChange: true })).userName, right);
    door.seconds(601);
    expect((await caller.ask('PUT', '/governance/session/password', { next: other })).body.code).toBe('START_AGAIN');
  });

  test('every step hands out a new token, and the one before is worth nothing', async () => {
    const { userName } = await door.aPerson({ mustChange: true, roleId: 'system-administrator' });
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    const first = caller.cookie;
    await caller.ask('PUT', '/governance/session/password', { next: other });
    const second = caller.cookie;
    const offer = (await caller.ask('POST', '/governance/session/enrolment')).body;
    const code = codeOf(offer.secret, door.now());
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
    const { userName } = await door.aPerson();
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
    const { userName } = await door.aPerson({ mustChange: true });
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
    const { id, userName } = await door.aPerson();
    door.seconds(89 * 86_400);
    expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
    door.seconds(2 * 86_400);
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
    const { userName } = await door.aPerson();
    const caller = callerAt(served);
    await caller.signIn(userName, right);
    let current = right;
    const change = async (next: string): Promise<string> => {
      door.seconds(60);
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
