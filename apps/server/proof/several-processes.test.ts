import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retentions } from '#apps/server/plans.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { jobTitles } from '#areas/governance/operating/server/job-titles.ts';
import { clientOf, type Transport } from '#kernel/contract/client.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { aBalancer, type Balancer } from '#testkit/balancer.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aChildProduct, type ChildProduct, type ProcessBeside } from '#testkit/child-product.ts';
import { handsOverHttp } from '#testkit/http-hands.ts';
import { steadyPeople } from '#testkit/steady-hands.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real here: everything. Three processes on one database behind a balancer that remembers nothing: one does everything, one only answers, one only works.

let first: ChildProduct;
let answering: ProcessBeside;
let working: ProcessBeside;
let balancer: Balancer;
beforeAll(async () => {
  first = await aChildProduct();
  await first.start();
  [answering, working] = await Promise.all([first.beside('serve'), first.beside('work')]);
  balancer = await aBalancer(() => [first.url, answering.url]);
}, 180_000);
afterAll(async () => {
  await balancer.close();
  await Promise.all([answering.stop(), working.stop()]);
  await first.close();
}, 60_000);

/** A browser of one person: it keeps the cookie, whichever server gave it. */
const aBrowser = () => {
  let cookie = '';
  const at = (baseUrl: string): Transport => ({
    baseUrl,
    fetch: async (url, init) => {
      const reply = await fetch(url, { ...init, headers: { ...init.headers, cookie } });
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return reply;
    },
  });
  return {
    account: (url: string) => clientOf(accountContract, at(url)),
    cases: (url: string) => clientOf(vehicleCaseContract, at(url)),
    copied: () => cookie,
  };
};

test('T2.2, T2.7: lives go on through two servers while one after the other is killed; whoever only works carries what was said', {
  timeout: 240_000,
}, async () => {
  const hands = handsOverHttp(balancer.url);
  const people = steadyPeople(hands, 20_000);
  await Promise.all(['clerk1', 'clerk2', 'desk1', 'commission1'].map((who) => hands.as(who)));
  const lives = Promise.all([people.wholeLife('clerk1'), people.wholeLife('clerk2')]);
  const under = openDatabase({ url: first.databaseUrl(), poolSize: 2 });
  const stepsTaken = async (): Promise<number> =>
    Number((await sql<{ n: string }>`select count(*) as n from kernel.step`.execute(under.db)).rows[0]?.n);
  try {
    await waitUntil(async () => (await stepsTaken()) >= 4);
    await answering.kill();
    answering = await first.beside('serve');
    const closed = await lives;
    for (const id of closed) await people.expectWholeLife(under.db, id);

    // Nobody but the process that only works is there to carry anything now, and nobody but the other to answer.
    await first.killServer();
    const { cases } = await handsOverHttp(answering.url).as('clerk1');
    const { id } = await cases.open({ key: randomUUID() });
    await cases.saveSection({ id, section: 'papers', changes: people.papers() });
    await first.start();
    await waitUntil(async () => (await factsOfCase(under.db, id)).sent.every(({ status }) => status === 'answered'));
  } finally {
    await under.close();
  }
});

test('T2.7, T5.4: a session holds at every server and ends at every one; attempts to sign in are counted together', async () => {
  const browser = aBrowser();
  await browser.account(first.url).signIn({ userName: 'observer1', password: 'Demo-2026!' });
  expect((await browser.cases(answering.url).list({})).rows).toEqual(expect.any(Array));
  // Whoever was asked before remembers the session for a moment.
  await browser.cases(first.url).list({});
  const stolen = { cookie: browser.copied() };
  await browser.account(answering.url).signOut({});
  const statusAt = async (url: string): Promise<number> =>
    (await fetch(`${url}/api/elv/vehicle-cases`, { headers: stolen })).status;
  expect(await statusAt(answering.url)).toBe(401);
  await waitUntil(async () => (await statusAt(first.url)) === 401);

  // Within one minute, so that it is one count.
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 15_000) await pause(left);
  const attempts = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const server = index % 2 === 0 ? first.url : answering.url;
      const reply = await fetch(`${server}/api/governance/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'desk' },
        body: JSON.stringify({ userName: `nobody${index}`, password: 'Demo-2026!' }),
      });
      return reply.status;
    }),
  );
  // Thirty a minute, the one that signed in above among them if it was the same minute; each server alone would have taken its twenty.
  expect(attempts.filter((status) => status !== 429).length).toBeLessThanOrEqual(30);
});

test('T2.2: whoever only works answers no people and says how it is; every job has a name', async () => {
  expect((await fetch(`${working.url}/ready`)).status).toBe(200);
  for (const path of ['/', '/api/elv/vehicle-cases'])
    expect([path, (await fetch(`${working.url}${path}`)).status]).toEqual([path, 404]);
  const { db, close } = openDatabase({ url: first.databaseUrl(), poolSize: 1 });
  try {
    const rows = await db
      .withTables<{ 'governance.process': { figures: string; seen_at: Date } }>()
      .selectFrom('governance.process')
      .select('figures')
      .orderBy('seen_at', 'desc')
      .limit(3)
      .execute();
    const told = rows.map(({ figures }) => JSON.parse(figures) as { commonWork: boolean; jobs: { id: string }[] });
    expect(told.map(({ commonWork }) => commonWork).sort()).toEqual([false, true, true]);
    expect(
      told
        .find(({ commonWork }) => !commonWork)
        ?.jobs.map(({ id }) => id)
        .sort(),
    ).toEqual(['access-following', 'disk-watch', 'key-watch', 'paper-reading', 'process-report', 'refusal-settling']);
    // What is erased has its title from where it is declared.
    const named = new Set([...Object.keys(jobTitles), ...retentions.map(({ id }) => `erase-${id}`)]);
    expect(told.flatMap(({ jobs }) => jobs.map(({ id }) => id)).filter((id) => !named.has(id))).toEqual([]);
  } finally {
    await close();
  }
});
