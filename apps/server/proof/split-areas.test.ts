import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { publicQueryContract } from '#areas/elv/progress/model/public-query.contract.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { accessChangeContract } from '#areas/governance/access-change/model/access-change.contract.ts';
import type { AccessChange } from '#areas/governance/access-change/model/access-change.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { personContract } from '#areas/governance/person/model/person.contract.ts';
import { type Client, clientOf, type Transport } from '#kernel/contract/client.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { customRole } from '#testkit/access-changes.ts';
import { type Between, passedOn, standBetween } from '#testkit/between.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { handsOverHttp } from '#testkit/http-hands.ts';
import { newLinkKeys, startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { aSplitProduct, keepLinkKeys, type SplitProduct } from '#testkit/split-product.ts';
import { steadyPeople } from '#testkit/steady-hands.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real here: everything. A process for each area on one database, each with a user of its own there, behind a balancer that goes by the address alone.

const folder = mkdtempSync(join(tmpdir(), 'hushang-split-'));
const role = `elv_${randomBytes(6).toString('hex')}`;
let database: TestDatabase;
let outside: TestSimulators;
let split: SplitProduct;
/** Stands before the cases’ process, for the other one. */
let way: Between;
let onTheWay: RequestListener | undefined;
beforeAll(async () => {
  database = await aDatabase(migrations);
  await sql`create role ${sql.id(role)} login password ${sql.lit(role)}`.execute(database.ownerDb);
  const keys = await newLinkKeys();
  keepLinkKeys(folder, keys);
  // Nothing comes in from outside in these tales.
  outside = await startSimulators({ keys });
  const elvUrl = new URL(database.url);
  Object.assign(elvUrl, { username: role, password: role });
  way = await standBetween(async (request, reply) => {
    if (onTheWay) return onTheWay(request, reply);
    const { status, headers, body } = await passedOn(request, split.elv.url).catch(() => ({
      status: 502,
      headers: {},
      body: '',
    }));
    reply.writeHead(status, headers).end(body);
  });
  split = await aSplitProduct({
    folder,
    reachedAt: (area, url) => (area === 'elv' ? way.url : url),
    simulatorsUrl: outside.url,
    databaseUrls: { governance: database.url, elv: elvUrl.href },
    databaseOwnerUrl: database.ownerUrl,
  });
}, 120_000);
afterAll(async () => {
  await split.close();
  await way.close();
  await outside.close();
  await sql`drop owned by ${sql.id(role)}`.execute(database.ownerDb);
  await sql`drop role ${sql.id(role)}`.execute(database.ownerDb);
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** A browser of one person: it keeps the cookie of the address people come to. */
const signedIn = async (userName: string) => {
  let cookie = '';
  const transport: Transport = {
    baseUrl: split.url,
    fetch: async (url, init) => {
      const reply = await fetch(url, { ...init, headers: { ...init.headers, cookie } });
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return reply;
    },
  };
  const account = clientOf(accountContract, transport);
  const { stage } = await account.signIn({ userName, password: 'Demo-2026!' });
  if (stage === 'second-factor') {
    const accounts = await account.demoAccounts({});
    await account.proveCode({ code: accounts.find((one) => one.userName === userName)?.code ?? '' });
  }
  return {
    calls: <C extends Contract>(contract: C): Client<C> => clientOf(contract, transport),
    copied: () => cookie,
  };
};

const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => '',
    ({ code }: { code: string }) => code,
  );

const awayWords = { code: 'PEER_AWAY', message: expect.stringContaining('没有应答') };

test('T3.1: a case goes on in two processes while the one of people and sessions is killed and comes back', {
  timeout: 60_000,
}, async () => {
  const clerk = await signedIn('clerk1');
  const cases = clerk.calls(vehicleCaseContract);
  const { id } = await cases.open({ key: randomUUID() });
  await split.governance.kill();
  // What was remembered of a session for a moment is forgotten by then: nobody is told to sign in, everybody to come again.
  await waitUntil(async () => (await refusalOf(cases.list({}))) === 'PEER_AWAY');
  await expect(cases.list({})).rejects.toMatchObject({ status: 503, ...awayWords });
  const everybody = clientOf(publicQueryContract, { baseUrl: split.url, fetch });
  expect((await everybody.captcha({})).ticket).not.toBe('');
  await split.governance.start();
  const people = steadyPeople(handsOverHttp(split.url), 30_000);
  await cases.saveSection({ id, section: 'papers', changes: people.papers() });
  const sent = async () => (await factsOfCase(database.db, id)).sent;
  await waitUntil(async () => (await sent()).length > 0 && (await sent()).every(({ status }) => status === 'answered'));
});

test('R42, T2.2: work is handed over across processes: one that is killed after it has moved everything is asked again by itself, and has moved it once', {
  timeout: 180_000,
}, async () => {
  const yard = (await signedIn('yardadmin1')).calls(personContract);
  const clerk = (await signedIn('clerk1')).calls(vehicleCaseContract);
  const { id } = await clerk.open({ key: randomUUID() });
  const handing = { personId: 'demo-clerk1', receiverId: 'demo-clerk1b', reason: '人员调离本岗位' };
  const killed = Promise.withResolvers<void>();
  onTheWay = async (request, reply) => {
    const { status, headers, body } = await passedOn(request, split.elv.url);
    if (!request.url?.endsWith('/work/move')) return void reply.writeHead(status, headers).end(body);
    await split.elv.kill();
    request.socket.destroy();
    onTheWay = undefined;
    killed.resolve();
  };
  const ended = yard.handOver(handing);
  await killed.promise;
  await split.elv.start();
  expect(await ended).toEqual({ moved: [], underWay: true });
  await expect(yard.handOver(handing)).rejects.toMatchObject({ code: 'UNDER_WAY' });
  await waitUntil(async () => (await yard.work({ personId: 'demo-clerk1' })).underWaySince === null);
  expect((await yard.work({ personId: 'demo-clerk1' })).work).toEqual([{ title: '在办报废案卷', count: 0 }]);
  // One moment and one trace: each chain has its own order.
  const factsOf = async (chain: string): Promise<readonly string[]> => {
    const { rows } = await sql<{ action: string; outcome: string }>`
      select action, outcome from kernel.audit_entry where chain = ${chain} order by seq`.execute(database.db);
    return rows.map(({ action, outcome }) => `${action} ${outcome}`).filter((one) => /handOver|transfer/.test(one));
  };
  expect(await factsOf(`elv.vehicle-case:${id}`)).toEqual(['elv.vehicle-case.transferWork done']);
  expect(await factsOf('governance.person:demo-clerk1')).toEqual([
    'governance.person.handOverBegun done',
    'governance.person.handOver done',
  ]);
  const { rows } = await (await signedIn('yardadmin1')).calls(noticeContract).list({});
  expect(rows[0]?.text).toMatch(/^您发起的工作移交已完成：在办报废案卷 \d+ 件。$/);
});

test('R06, T2.2: while the process of people hangs a step that tells people is taken all the same, and they are told once it goes on', {
  timeout: 180_000,
}, async () => {
  await outside.script({
    system: 'national-circulation',
    exchange: 'get-recycling-certificate',
    fault: { kind: 'down' },
  });
  const id = await steadyPeople(handsOverHttp(split.url), 40_000).wholeLife('clerk2', 'reporting');
  const facts = () => factsOfCase(database.db, id);
  const tried = async () =>
    (await facts()).sent.some(
      ({ exchange, attempts }) => exchange.endsWith('.get-recycling-certificate') && attempts > 0,
    );
  await waitUntil(tried);
  const rowsOf = async (table: string): Promise<number> =>
    (await sql`select 1 from ${sql.table(table)} where matter_id = ${id}`.execute(database.db)).rows.length;
  const told = await rowsOf('notice.notice');
  split.governance.hang();
  try {
    await outside.desk('DELETE', '/faults');
    await waitUntil(async () => (await facts()).steps.some(({ action }) => action === 'certify'));
    expect([await rowsOf('notice.news'), await rowsOf('notice.notice')]).toEqual([1, told]);
  } finally {
    split.governance.goOn();
  }
  await waitUntil(async () => (await rowsOf('notice.notice')) > told);
  expect(await rowsOf('notice.news')).toBe(0);
});

test('R44, T5.4: a role taken away and a session ended hold in the other process within seconds', async () => {
  const yard = (await signedIn('yardadmin1')).calls(personContract);
  const clerk = await signedIn('clerk1b');
  const cases = clerk.calls(vehicleCaseContract);
  await cases.open({ key: randomUUID() });
  await yard.setRoles({ personId: 'demo-clerk1b', was: ['elv-clerk'], roles: ['elv-yard-reviewer'] });
  await waitUntil(async () => (await refusalOf(cases.open({ key: randomUUID() }))) === 'NOT_PERMITTED');
  const stolen = { cookie: clerk.copied() };
  const statusNow = async (): Promise<number> =>
    (await fetch(`${split.elv.url}/api/elv/vehicle-cases`, { headers: stolen })).status;
  expect(await statusNow()).toBe(200);
  await clerk.calls(accountContract).signOut({});
  await waitUntil(async () => (await statusNow()) === 401);
});

test('R44: a special denial and a grant taken out of a role hold in the other process within seconds, for a session that goes on', async () => {
  const first = (await signedIn('security1')).calls(accessChangeContract);
  const second = (await signedIn('security2')).calls(accessChangeContract);
  const agree = async (change: AccessChange): Promise<void> => {
    const { id } = await first.propose({ key: randomUUID(), change, reason: '岗位调整，见人事通知' });
    const version = (await second.list({})).rows.find((one) => one.id === id)?.version ?? 0;
    await second.approve({ id, version, key: randomUUID(), input: {} });
  };
  const cases = (await signedIn('clerk1')).calls(vehicleCaseContract);
  const { id } = await cases.open({ key: randomUUID() });
  await agree({
    kind: 'special',
    subjectId: 'demo-clerk1',
    permission: 'elv.vehicle-case:read',
    targetId: id,
    effect: 'deny',
    from: new Date(Date.now() - 60_000).toISOString(),
    until: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await waitUntil(async () => (await refusalOf(cases.get({ id }))) === 'NOT_FOUND');
  const opening = customRole('opening-cases', {
    grants: [{ permission: 'elv.vehicle-case:open', rows: 'all', personal: 'plain' }],
  });
  await agree(opening);
  await agree({ kind: 'hold', subjectId: 'demo-observer1', roleId: 'opening-cases' });
  const observer = (await signedIn('observer1')).calls(vehicleCaseContract);
  const opened = () => refusalOf(observer.open({ key: randomUUID() }));
  await waitUntil(async () => (await opened()) !== 'NOT_PERMITTED');
  await agree(customRole('opening-cases'));
  await waitUntil(async () => (await opened()) === 'NOT_PERMITTED');
});

test('T3.1, T5.4: the door between processes opens to no session and to no stranger, and the user of one area cannot read another’s tables', async () => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    fetch(`${split.governance.url}/peer/governance/organisations/all`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  expect((await ask({})).status).toBe(401);
  const signed = {
    'x-app-id': 'peer',
    'x-timestamp': String(Math.floor(Date.now() / 1000)),
    'x-nonce': randomBytes(16).toString('hex'),
    'x-content-sm3': sm3Hex('{}'),
    'x-signature': 'MEUCIQ==',
  };
  expect((await ask(signed)).status).toBe(401);
  const elvUrl = new URL(database.url);
  Object.assign(elvUrl, { username: role, password: role });
  const own = openDatabase({ url: elvUrl.href, poolSize: 1 });
  try {
    await sql`select 1 from elv.vehicle_case limit 1`.execute(own.db);
    await expect(sql`select 1 from governance.user_account`.execute(own.db)).rejects.toThrow('permission denied');
  } finally {
    await own.close();
  }
  for (const [url, path] of [
    [split.governance.url, '/api/elv/vehicle-cases'],
    [split.elv.url, '/api/governance/session'],
  ] as const)
    expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 404]);
});
