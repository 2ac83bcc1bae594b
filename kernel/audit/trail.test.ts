import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import type { AuditFact } from './fact.ts';
import { appendFact, verifyChain } from './trail.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

const fact = (id: string, n: number): AuditFact => ({
  at: new Date(Date.UTC(2026, 10, 23, 1, 0, n)),
  kind: 'operation',
  action: 'elv.vehicle-case:submit',
  actor: { id: 'u1', name: '张三', organisationId: 'e1', ip: '127.0.0.1' },
  object: { type: 'case', id },
  outcome: 'done',
  detail: { n, 中文: '值' },
  traceId: 't',
});

const filled = async (id: string, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await inTransaction(database.db, (tx) => appendFact(tx, fact(id, n)));
};

test('R45: a chain of entries verifies from its start to its head', async () => {
  await filled('a', 5);
  expect(await verifyChain(database.db, 'case:a')).toEqual({ intact: true, entries: 5 });
});

test('R45: fifty writers of one chain leave it whole', async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, n) => inTransaction(database.db, (tx) => appendFact(tx, fact('busy', n)))),
  );
  expect(await verifyChain(database.db, 'case:busy')).toEqual({ intact: true, entries: 50 });
});

test.each([
  [
    'changed',
    `update kernel.audit_entry set detail = '{"n":9}' where chain = $ and seq = 3`,
    { at: 3, what: 'altered' },
  ],
  ['removed', `delete from kernel.audit_entry where chain = $ and seq = 3`, { at: 3, what: 'missing' }],
  ['cut off', `delete from kernel.audit_entry where chain = $ and seq = 5`, { at: 5, what: 'truncated' }],
])('R45: an entry that was %s by SQL is found', async (how, statement, found) => {
  await filled(how, 5);
  await sql.raw(statement.replace('$', `'case:${how}'`)).execute(database.ownerDb);
  expect(await verifyChain(database.db, `case:${how}`)).toEqual({ intact: false, ...found });
});

test('T5.6: the serving user can neither change nor remove an entry', async () => {
  await filled('b', 1);
  await expect(sql`update kernel.audit_entry set action = 'x'`.execute(database.db)).rejects.toThrow(
    /permission denied/,
  );
  await expect(sql`delete from kernel.audit_entry`.execute(database.db)).rejects.toThrow(/permission denied/);
  await expect(sql`delete from kernel.step`.execute(database.db)).rejects.toThrow(/permission denied/);
});
