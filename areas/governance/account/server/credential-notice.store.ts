import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { CredentialNotice } from '../model/account.contract.ts';
import type { AccountTables } from './account.tables.ts';

/** That somebody else has set how a person signs in. */
export interface NewNotice {
  readonly userId: string;
  readonly at: Date;
  readonly what: CredentialNotice['what'];
  readonly by: string;
  readonly agreed: string | null;
}

const noticeOf = (row: AccountTables['governance.credential_notice']): CredentialNotice => ({
  // Written by addNotice only.
  what: row.what as CredentialNotice['what'],
  at: row.at.toISOString(),
  by: row.by_name,
  agreed: row.agreed_name,
});

/** Keeps a notice for the person. */
export const addNotice = async (tx: Tx, { userId, at, what, by, agreed }: NewNotice): Promise<void> => {
  await tx
    .withTables<AccountTables>()
    .insertInto('governance.credential_notice')
    .values({ id: uuidv7(at), user_id: userId, at, what, by_name: by, agreed_name: agreed, shown_at: null })
    .execute();
};

/** What the person has not been told yet; told with the transaction. */
export const takeNotices = async (tx: Tx, userId: string, now: Date): Promise<CredentialNotice[]> => {
  const rows = await tx
    .withTables<AccountTables>()
    .updateTable('governance.credential_notice')
    .set({ shown_at: now })
    .where('user_id', '=', userId)
    .where('shown_at', 'is', null)
    .returningAll()
    .execute();
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime()).map(noticeOf);
};

/** The last of them, told or not: whoever was told first may not have been the person. */
export const lastNotices = async (db: Db | Tx, userId: string, most: number): Promise<CredentialNotice[]> => {
  const rows = await db
    .withTables<AccountTables>()
    .selectFrom('governance.credential_notice')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('at', 'desc')
    .limit(most)
    .execute();
  return rows.map(noticeOf);
};
