import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aBrowser, citizenAs, clerkOf, goAndChoose } from '#testkit/citizen-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real here: PostgreSQL, web server, wires, the simulated one-stop service over HTTP, both ends' signatures. Made up: the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
});
afterAll(() => it.close());

const refusals = async (): Promise<readonly unknown[]> => {
  const { rows } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'elv.citizen.signIn' and outcome = 'refused' order by at, chain, seq`.execute(
    it.database.db,
  );
  return rows.map(({ detail }) => JSON.parse(detail).cause);
};

test('R62: a citizen comes in by the one-stop service, sees who they are, and nobody after they have left', async () => {
  const citizen = await citizenAs(it, 'osp-1001');
  expect(citizen.cookie).toMatch(/^hs_citizen=/);
  expect(await citizen.citizen.me({})).toMatchObject({ level: 'L4', name: expect.stringContaining('演示') });
  expect((await citizen.citizen.me({})).identityNo).toContain('****');
  await citizen.citizen.signOut({});
  await expect(citizen.citizen.me({})).rejects.toMatchObject({ status: 401 });
});

test('R62: who they are is nowhere in the database in the clear', async () => {
  const { citizen } = await citizenAs(it, 'osp-1002');
  const { name } = await citizen.me({});
  const { rows } = await sql<{ person: string }>`select person from elv.citizen`.execute(it.database.db);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(name);
});

test('R62: a citizen’s session opens nothing of the house, and an account’s session nothing of a citizen', async () => {
  const { cookie } = await citizenAs(it, 'osp-1001');
  const token = cookie.split('=')[1];
  const clerk = await clerkOf(it, 'clerk1');
  const ask = (path: string, as: string) =>
    fetch(`${it.url}/api${path}`, { headers: { cookie: as } }).then(({ status }) => status);
  expect(await ask('/elv/citizen/me', cookie)).toBe(200);
  expect(await ask('/elv/citizen-applications', cookie)).toBe(401);
  expect(await ask('/elv/citizen-applications', `hs_session=${token}`)).toBe(401);
  expect(await ask('/elv/citizen/me', clerk.cookie)).toBe(401);
  expect(await ask('/elv/citizen/me', `hs_citizen=${clerk.cookie.split('=')[1]}`)).toBe(401);
});

test('R62: a forged return is refused and told to the log: another’s state, a made-up ticket, a code nobody gave', async () => {
  const before = (await refusals()).length;
  const browser = aBrowser(it);
  const [one, other] = [await goAndChoose(it, browser, 'osp-1001'), await goAndChoose(it, browser, 'osp-1001')];
  const { finish } = browser.citizen;
  await expect(finish({ ...one, state: other.state })).rejects.toMatchObject({ code: 'TICKET_GONE' });
  // The ticket is used up by the attempt.
  await expect(finish(one)).rejects.toMatchObject({ code: 'TICKET_GONE' });
  await expect(finish({ ...other, ticket: 'made-up' })).rejects.toMatchObject({ code: 'TICKET_GONE' });
  await expect(finish({ ...other, code: 'made-up' })).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  expect(browser.cookie()).toBe('');
  expect((await refusals()).slice(before)).toEqual(['state', 'ticket', 'ticket', '4031']);
});

test('R62: a return serves once, a code serves once, and a sign-in that took too long is begun anew', async () => {
  const browser = aBrowser(it);
  const returned = await goAndChoose(it, browser, 'osp-1001');
  await browser.citizen.finish(returned);
  await expect(browser.citizen.finish(returned)).rejects.toMatchObject({ code: 'TICKET_GONE' });
  const { ticket, state } = await goAndChoose(it, browser, 'osp-1001');
  await expect(browser.citizen.finish({ ticket, state, code: returned.code })).rejects.toMatchObject({
    code: 'SIGN_IN_REFUSED',
  });
  const late = await goAndChoose(it, browser, 'osp-1001');
  it.clock.advance(11 * 60_000);
  await expect(browser.citizen.finish(late)).rejects.toMatchObject({ code: 'TICKET_GONE' });
});

test.each([
  ['osp-1004', 'L2'],
  ['osp-1005', 'L1'],
])('R62: %s is known too little (%s) and is told what to do', async (userId, level) => {
  const browser = aBrowser(it);
  const finishing = goAndChoose(it, browser, userId).then(browser.citizen.finish);
  await expect(finishing).rejects.toMatchObject({
    code: 'LEVEL_TOO_LOW',
    message: expect.stringMatching(new RegExp(`${level}.*L3.*随申办`)),
  });
  expect(browser.cookie()).toBe('');
});

test('R62: who is known by another paper than the resident identity card is told to go to a counter', async () => {
  const browser = aBrowser(it);
  const finishing = goAndChoose(it, browser, 'osp-1006').then(browser.citizen.finish);
  await expect(finishing).rejects.toMatchObject({
    code: 'NOT_RESIDENT_CARD',
    message: expect.stringMatching(/不是居民身份证.*窗口/),
  });
  expect(browser.cookie()).toBe('');
});

test.each([
  [{ kind: 'down' }, 'UNREACHABLE'],
  [{ kind: 'night', from: '00:00', to: '23:59' }, 'UNREACHABLE'],
  [{ kind: 'garbled', how: 'schema' }, 'UNREACHABLE'],
  [{ kind: 'garbled', how: 'signature' }, 'UNREACHABLE'],
  [{ kind: 'refuse', code: '4033', message: '令牌失效' }, 'SIGN_IN_REFUSED'],
] as const)(
  'R62: whatever goes wrong over there (%o) nobody comes in, and the next sign-in is sound',
  async (fault, code) => {
    const browser = aBrowser(it);
    await it.outside.script({ system: 'one-stop', exchange: 'get-person', times: 1, fault });
    const returned = await goAndChoose(it, browser, 'osp-1001');
    await expect(browser.citizen.finish(returned)).rejects.toMatchObject({ code });
    await browser.citizen.finish(await goAndChoose(it, browser, 'osp-1001'));
    expect(browser.cookie()).toMatch(/^hs_citizen=/);
  },
);

test('R62: a session that nobody uses runs out, and so does one that began too long ago', async () => {
  const idle = await citizenAs(it, 'osp-1001');
  it.clock.advance(31 * 60_000);
  await expect(idle.citizen.me({})).rejects.toMatchObject({ status: 401 });
  const used = await citizenAs(it, 'osp-1001');
  for (let half = 0; half < 24; half += 1) {
    it.clock.advance(29 * 60_000);
    await used.citizen.me({});
  }
  it.clock.advance(29 * 60_000);
  await expect(used.citizen.me({})).rejects.toMatchObject({ status: 401 });
});
