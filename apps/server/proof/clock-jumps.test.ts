import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { serverFact } from '#kernel/audit/fact.ts';
import { lastSeal } from '#kernel/audit/seal.store.ts';
import { uuidMaker } from '#kernel/db/uuid.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { expectSound, factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { aServedProduct } from '#testkit/served-product.ts';

// Real: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock, which jumps.

vi.setConfig({ testTimeout: 120_000 });

const [tenMinutes, hour] = [600_000, 3_600_000];

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
});
afterAll(() => it.close());

test('T2.2, R45: a whole life while the clock leaps ahead by an hour and back by ten minutes: each step once and in order, everything said once, chains and seals whole', async () => {
  const cases = caseFactory(it, 4_000);
  const acting = await cases.at('confirming');
  const { db } = it.database;
  const { audit } = it.product;
  const backwards: boolean[] = [];
  for (const state of ['admitted', 'entryReview', 'dismantleReview', 'certified', 'closed'] as const) {
    // Every settling leaves an hour behind it: the next step is taken ten minutes before the last one, or an hour late.
    it.clock.advance(backwards.length % 2 === 0 ? -hour - tenMinutes : hour);
    const before = (await factsOfCase(db, acting.id)).steps.at(-1)?.at ?? it.clock.now();
    backwards.push(it.clock.now() < before);
    await cases.onTo(acting, state);
    await audit.sealer.sealNow();
  }
  expect(backwards).toContain(true);
  await it.settle();
  const facts = await factsOfCase(db, acting.id);
  await expectSound(db, it.crypto, facts);
  expect(facts.state).toBe('closed');
  expect(facts.sent.filter(({ status }) => status !== 'answered')).toEqual([]);
  expect(new Set(facts.sent.map(({ exchange, key }) => `${exchange} ${key}`)).size).toBe(facts.sent.length);
  await audit.sealer.sealNow();
  expect((await audit.check(1, 100_000)).findings).toEqual([]);
  expect(it.failures).toEqual([]);
});

test('R45: after the clock was put back the next seal is made as soon as otherwise', async () => {
  const { audit } = it.product;
  await audit.sealer.sealNow();
  const { number } = await lastSeal(it.database.db);
  it.clock.advance(-tenMinutes);
  await it.product.facts.leave(serverFact(it.clock.now(), 'kernel.server.started', {}));
  await audit.sealer.sealDue();
  expect((await lastSeal(it.database.db)).number).toBe(number + 1);
});

test('T2.2: keys of rows go on ascending whatever the clock does', () => {
  // One of its own: the process's would give years to come to every key that is made behind this test.
  const uuidv7 = uuidMaker();
  const moments = [0, hour, -tenMinutes, -hour, 0, 1, hour * 24, 0];
  const ids = moments.flatMap((ms) => Array.from({ length: 5_000 }, () => uuidv7(new Date(1_800_000_000_000 + ms))));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('T5.2, T2.2: a session that was ended is over within seconds, also where the clock was put back meanwhile; one in use lives on', async () => {
  const served = await aServedProduct();
  const { clock, database } = served;
  const whoAmI = (cookie: string) => served.client(accountContract, cookie).me({});
  const [ended, used] = [await served.signIn('clerk1'), await served.signIn('clerk2')];
  const { id } = await whoAmI(ended);
  await whoAmI(used);
  clock.advance(-tenMinutes);
  await sql`update governance.session set ended_at = ${clock.now()}, end_reason = 'revoked'
    where user_id = ${id}`.execute(database.db);
  clock.advance(4_000);
  expect(await whoAmI(used)).toBeTruthy();
  await expect(whoAmI(ended)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  await served.close();
});
