import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CrossingFact } from '#kernel/connector/crossing.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { leaveInterfaceFact } from './interface-facts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

const crossing = (traceId: string, more: Partial<CrossingFact>): CrossingFact => ({
  at: new Date('2026-11-23T02:00:00Z'),
  direction: 'out',
  connector: 'police',
  exchange: 'check-vehicle',
  key: 'k1',
  outcome: 'delivered',
  detail: null,
  requestDigest: 'a',
  answerDigest: 'b',
  milliseconds: 12,
  caseType: null,
  caseId: null,
  traceId,
  ...more,
});

const told = async (traceId: string, more: Partial<CrossingFact>) => {
  await inTransaction(database.db, (tx) => leaveInterfaceFact(tx, crossing(traceId, more)));
  const { rows } =
    await sql`select kind, action, outcome from kernel.audit_entry where trace_id = ${traceId} order by kind`.execute(
      database.db,
    );
  return rows;
};

const check = 'police.check-vehicle';

test.each<[string, Partial<CrossingFact>, readonly object[]]>([
  ['a delivered message', {}, [{ kind: 'interface', action: check, outcome: 'done' }]],
  ['a refused one', { outcome: 'refused' }, [{ kind: 'interface', action: check, outcome: 'refused' }]],
  ['one that was not let in', { outcome: 'rejected' }, [{ kind: 'security', action: check, outcome: 'failed' }]],
  [
    'one the relay gives up',
    { outcome: 'unreachable', gaveUp: true },
    [
      { kind: 'interface', action: check, outcome: 'failed' },
      { kind: 'system', action: 'kernel.relay.gaveUp', outcome: 'failed' },
    ],
  ],
])('R45: %s stands in the log', async (name, more, facts) => {
  expect(await told(name, more)).toEqual(facts);
});
