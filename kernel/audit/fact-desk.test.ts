import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import type { AuditFact } from './fact.ts';
import { type FactDesk, factDesk } from './fact-desk.ts';
import { verifyChain } from './trail.store.ts';

let database: TestDatabase;
let desk: FactDesk;
const clock = clockAt('2026-11-23T02:00:00Z');
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
  desk = factDesk(database.db, clock);
});
afterAll(() => database.close());

const fact = (actor: string, more: Partial<AuditFact> = {}): AuditFact => ({
  at: clock.now(),
  kind: 'operation',
  action: 'library.book:read',
  actor: { id: actor, name: actor, organisationId: null, ip: '' },
  object: null,
  outcome: 'done',
  detail: {},
  traceId: 't',
  ...more,
});
const refusal = (actor: string, code = 'NOT_PERMITTED'): AuditFact =>
  fact(actor, { kind: 'security', outcome: 'refused', detail: { code, status: 403 } });
const countsOf = async (actor: string): Promise<readonly number[]> => {
  const { rows } = await sql<{
    detail: string;
  }>`select detail from kernel.audit_entry where actor_id = ${actor} order by seq`.execute(database.db);
  return rows.map(({ detail }) => (JSON.parse(detail) as { count?: number }).count ?? 1);
};

test('R45: fifty at once are all put down, each in its own chain and in order', async () => {
  await Promise.all(Array.from({ length: 500 }, (_, n) => desk.leave(fact(`w${n % 50}`, { detail: { n } }))));
  for (const writer of ['w0', 'w49']) {
    expect(await verifyChain(database.db, `actor:${writer}`)).toEqual({ intact: true, entries: 10 });
  }
});

test('R45: a fact that cannot be written fails for whoever left it', async () => {
  await expect(desk.leave(fact('x'.repeat(65)))).rejects.toThrow(/too long/);
  await desk.leave(fact('after'));
  expect(await countsOf('after')).toEqual([1]);
});

test('R45: refusals that were counted name what was probed, as far as fifty', async () => {
  for (let n = 0; n < 60; n += 1) {
    const refused = refusal('prober', 'NOT_FOUND');
    await desk.leave({ ...refused, detail: { ...refused.detail, id: `case-${n}` } });
  }
  await desk.settle(true);
  const { rows } = await sql<{
    detail: string;
  }>`select detail from kernel.audit_entry where actor_id = 'prober' order by seq`.execute(database.db);
  const told = rows.map(({ detail }) => JSON.parse(detail) as { id: string; ids?: string[]; count?: number });
  expect(told.map(({ id }) => id)).toEqual(['case-0', 'case-59']);
  expect(told[1]).toMatchObject({ count: 59 });
  expect(told[1]?.ids).toEqual(Array.from({ length: 50 }, (_, n) => `case-${n + 1}`));
});

test('R45: repeated refusals are put down once a minute for each person, operation and reason, with their number', async () => {
  for (let n = 0; n < 5; n += 1) await desk.leave(refusal('pusher'));
  await desk.leave(refusal('pusher', 'FOREIGN_PAGE'));
  await desk.leave(refusal('other'));
  expect([await countsOf('pusher'), await countsOf('other')]).toEqual([[1, 1], [1]]);

  await desk.settle();
  expect(await countsOf('pusher')).toEqual([1, 1]);
  clock.advance(60_000);
  await desk.settle();
  expect(await countsOf('pusher')).toEqual([1, 1, 4]);

  await desk.leave(refusal('pusher'));
  await desk.leave(refusal('pusher'));
  clock.advance(60_000);
  await desk.leave(refusal('pusher'));
  expect(await countsOf('pusher')).toEqual([1, 1, 4, 1, 1, 1]);
  await desk.leave(refusal('pusher'));
  await desk.settle(true);
  expect((await countsOf('pusher')).reduce((sum, one) => sum + one, 0)).toBe(10);
});
