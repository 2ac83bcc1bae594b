import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { AccountTables } from './account.tables.ts';

/** Somebody as an identity provider names them: a subject means something only together with its issuer. */
export interface OutsideIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** Whose account an outside identity is bound to. */
export const findBoundUser = async (db: Db | Tx, { issuer, subject }: OutsideIdentity): Promise<string | undefined> => {
  const row = await db
    .withTables<AccountTables>()
    .selectFrom('governance.sign_on_binding')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.user_id;
};

/** Binds an outside identity to an account; false when it is bound already, to whomever. */
export const bindIdentity = (
  tx: Tx,
  { issuer, subject }: OutsideIdentity,
  userId: string,
  at: Date,
): Promise<boolean> =>
  insertIfAbsent(tx, 'governance.sign_on_binding', { issuer, subject, user_id: userId, bound_at: at });

/** The outside identities bound to an account. */
export const bindingsOf = async (
  db: Db | Tx,
  userId: string,
): Promise<readonly (OutsideIdentity & { boundAt: Date })[]> => {
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.sign_on_binding')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('bound_at')
    .execute();
  return rows.map(({ issuer, subject, bound_at }) => ({ issuer, subject, boundAt: bound_at }));
};

/** Unbinds every outside identity from an account; answers how many there were. */
export const unbindIdentities = async (tx: Tx, userId: string): Promise<number> => {
  const { numDeletedRows } = await tx
    .withTables<AccountTables>()
    .deleteFrom('governance.sign_on_binding')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(numDeletedRows);
};
