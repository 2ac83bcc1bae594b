import { isNobodys } from '#kernel/crypto/password.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Standing } from '../model/attempts.ts';
import type { AccountTables } from './account.tables.ts';
import { endSessionsOf } from './session.store.ts';

/** An account as signing in needs it. */
export interface Account extends Standing {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly status: 'active' | 'disabled';
  /** The account serves until this instant; null for always. */
  readonly validUntil: Date | null;
  readonly mustChange: boolean;
  /** One administrator alone has set how the person signs in, and two have not since. */
  readonly setAlone: boolean;
  readonly passwordChangedAt: Date;
  readonly createdAt: Date;
  /** Blind index of the identity number kept of the person, whether or not the government's sign-on finds them by it. */
  readonly identityNoIndex: string | null;
}

const accountOf = (row: AccountTables['governance.user_account']): Account => ({
  id: row.id,
  userName: row.user_name,
  name: row.name,
  passwordHash: row.password_hash,
  failures: row.failures,
  failedAt: row.failed_at,
  lockedUntil: row.locked_until,
  // Written by setStatus only; anything else must not let anybody in.
  status: row.status === 'active' ? 'active' : 'disabled',
  validUntil: row.valid_until,
  mustChange: row.must_change,
  setAlone: row.set_alone,
  passwordChangedAt: row.password_changed_at,
  createdAt: row.created_at,
  identityNoIndex: row.identity_no_index,
});

const accounts = (db: Db | Tx) => db.withTables<AccountTables>().selectFrom('governance.user_account').selectAll();

/** The account of a user name. */
export const findAccount = async (db: Db | Tx, userName: string): Promise<Account | undefined> => {
  const row = await accounts(db).where('user_name', '=', userName).executeTakeFirst();
  return row && accountOf(row);
};

/** An account by its id, locked for the length of the transaction so that failures are counted one by one. */
export const lockAccount = async (tx: Tx, id: string): Promise<Account> =>
  accountOf(await accounts(tx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow());

/** An account by its id. Errors: throws when there is none. */
export const getAccount = async (db: Db | Tx, id: string): Promise<Account> =>
  accountOf(await accounts(db).where('id', '=', id).executeTakeFirstOrThrow());

/** The account whose identity number has this blind index. */
export const findAccountByIdentity = async (db: Db | Tx, identityIndex: string): Promise<Account | undefined> => {
  const row = await accounts(db).where('identity_index', '=', identityIndex).executeTakeFirst();
  return row && accountOf(row);
};

const change = async (tx: Tx, id: string, set: Partial<AccountTables['governance.user_account']>): Promise<void> => {
  await tx.withTables<AccountTables>().updateTable('governance.user_account').set(set).where('id', '=', id).execute();
};

/** Keeps how an account stands after an attempt. */
export const noteAttempt = (tx: Tx, id: string, { failures, failedAt, lockedUntil }: Standing): Promise<void> =>
  change(tx, id, { failures, failed_at: failedAt, locked_until: lockedUntil });

/** Lifts a lock and forgets the failures that led to it. */
export const unlockAccount = (tx: Tx, id: string): Promise<void> =>
  change(tx, id, { failures: 0, failed_at: null, locked_until: null });

/** Opens an account or shuts it; shutting it ends all its sessions. */
export const setStatus = async (tx: Tx, id: string, status: Account['status'], at: Date): Promise<void> => {
  await change(tx, id, { status });
  if (status === 'disabled') await endSessionsOf(tx, id, 'disabled', at);
};

/** Sets until when an account serves; null for always. */
export const setValidUntil = (tx: Tx, id: string, validUntil: Date | null): Promise<void> =>
  change(tx, id, { valid_until: validUntil });

/** Keeps the blind index of a person's identity number, by which the government's sign-on finds the account. */
export const setIdentityIndex = (tx: Tx, id: string, identityIndex: string | null): Promise<void> =>
  change(tx, id, { identity_index: identityIndex });

/** From here on the government's sign-on finds a person by the number kept of them, unless it leads to somebody else already. */
export const confirmIdentity = async (tx: Tx, id: string): Promise<void> => {
  const row = await accounts(tx).where('id', '=', id).executeTakeFirstOrThrow();
  if (row.organisation_id !== null || row.identity_no_index === null) return;
  if (await findAccountByIdentity(tx, row.identity_no_index)) return;
  await setIdentityIndex(tx, id, row.identity_no_index);
};

/** Keeps whether one administrator alone has set how a person signs in. */
export const noteAlone = (tx: Tx, id: string, alone: boolean): Promise<void> => change(tx, id, { set_alone: alone });

/** Of some accounts those whose person signs in as one administrator alone has set, in the order of their ids; whose ways in have ended already are not among them. */
export const setAloneAmong = async (db: Db, ids: readonly string[]): Promise<readonly string[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.user_account')
    .select(['id', 'password_hash'])
    .where('id', 'in', [...ids])
    .where('set_alone', '=', true)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, password_hash }) => (isNobodys(password_hash) ? [] : [id]));
};

/** Demands a new password at the next sign-in. */
export const requireChange = (tx: Tx, id: string): Promise<void> => change(tx, id, { must_change: true });

/** Puts the same password in again, hashed anew. */
export const refreshHash = (tx: Tx, id: string, passwordHash: string): Promise<void> =>
  change(tx, id, { password_hash: passwordHash });

/**
 * Sets a new password, keeps the old one in the history and ends all sessions except the one named by its token digest.
 * `mustChange`: the password was set by somebody else, so the person must choose another one at once.
 */
export const setPassword = async (
  tx: Tx,
  id: string,
  next: { readonly passwordHash: string; readonly mustChange: boolean; readonly at: Date; readonly except?: string },
): Promise<void> => {
  const before = await lockAccount(tx, id);
  await tx
    .withTables<AccountTables>()
    .insertInto('governance.password_history')
    .values({ user_id: id, replaced_at: next.at, password_hash: before.passwordHash })
    .execute();
  await change(tx, id, {
    password_hash: next.passwordHash,
    password_changed_at: next.at,
    must_change: next.mustChange,
  });
  await endSessionsOf(tx, id, 'password-changed', next.at, next.except ?? null);
};

/** The hashes of the present and the last passwords, `count` in all, the latest first. */
export const lastPasswords = async (db: Db | Tx, id: string, count: number): Promise<readonly string[]> => {
  if (count === 0) return [];
  const { passwordHash } = await getAccount(db, id);
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.password_history')
    .select('password_hash')
    .where('user_id', '=', id)
    .orderBy('replaced_at', 'desc')
    .limit(count)
    .execute();
  return [passwordHash, ...rows.map(({ password_hash }) => password_hash)].slice(0, count);
};
