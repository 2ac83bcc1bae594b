import type { Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { cleanStanding, type Standing } from '../model/attempts.ts';
import type { AccountTables } from './account.tables.ts';

/** How a name that has no account, or an address, stands; keys are keyed digests. Does not lock anything. */
export const standingOf = async (tx: Tx, key: string): Promise<Standing> => {
  const row = await tx
    .withTables<AccountTables>()
    .selectFrom('governance.sign_in_failure')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? { failures: row.failures, failedAt: row.failed_at, lockedUntil: row.locked_until } : cleanStanding;
};

/** The same, with its row locked for the length of the transaction so that failures are counted one by one. */
export const lockStanding = async (tx: Tx, key: string): Promise<Standing> => {
  await insertIfAbsent(tx, 'governance.sign_in_failure', { key, failures: 0, failed_at: null, locked_until: null });
  const row = await tx
    .withTables<AccountTables>()
    .selectFrom('governance.sign_in_failure')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { failures: row.failures, failedAt: row.failed_at, lockedUntil: row.locked_until };
};

/** Keeps how a name without an account, or an address, stands. */
export const noteStanding = async (tx: Tx, key: string, standing: Standing): Promise<void> => {
  await tx
    .withTables<AccountTables>()
    .updateTable('governance.sign_in_failure')
    .set({ failures: standing.failures, failed_at: standing.failedAt, locked_until: standing.lockedUntil })
    .where('key', '=', key)
    .execute();
};

/** Forgets failures that no rule looks at any more, so that made-up names do not fill the table. */
export const forgetFailures = async (tx: Tx, before: Date): Promise<void> => {
  await tx
    .withTables<AccountTables>()
    .deleteFrom('governance.sign_in_failure')
    .where('failed_at', '<', before)
    .execute();
};
