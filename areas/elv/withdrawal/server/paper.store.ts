import type { Db, Tx } from '#kernel/db/database.ts';
import type { PaperTable, WithdrawalTables } from './withdrawal.tables.ts';

const papers = (db: Db | Tx, withdrawalId: string) =>
  db
    .withTables<WithdrawalTables>()
    .selectFrom('elv.withdrawal_paper')
    .selectAll()
    .where('withdrawal_id', '=', withdrawalId);

/** The papers of a withdrawal that have not been taken out, oldest first. */
export const listPapers = (db: Db | Tx, withdrawalId: string): Promise<PaperTable[]> =>
  papers(db, withdrawalId).where('removed_at', 'is', null).orderBy('uploaded_at').orderBy('id').execute();

/** One paper of a withdrawal that has not been taken out. */
export const findPaper = (db: Db | Tx, withdrawalId: string, id: string): Promise<PaperTable | undefined> =>
  papers(db, withdrawalId).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst();

/** The paper uploaded under a key, taken out or not. */
export const findPaperByKey = (db: Db | Tx, withdrawalId: string, uploadKey: string): Promise<PaperTable | undefined> =>
  papers(db, withdrawalId).where('upload_key', '=', uploadKey).executeTakeFirst();

/** Adds a paper; the unique key refuses the same upload a second time. */
export const addPaperRow = async (tx: Tx, row: PaperTable): Promise<void> => {
  await tx.withTables<WithdrawalTables>().insertInto('elv.withdrawal_paper').values(row).execute();
};

/** Takes papers out of their place, by id or all of a place; rows and files stay as evidence. */
export const takeOut = async (
  tx: Tx,
  withdrawalId: string,
  which: { readonly id: string } | { readonly part: string },
  by: string,
  at: Date,
): Promise<void> => {
  const update = tx
    .withTables<WithdrawalTables>()
    .updateTable('elv.withdrawal_paper')
    .set({ removed_at: at, removed_by: by })
    .where('withdrawal_id', '=', withdrawalId)
    .where('removed_at', 'is', null);
  await ('id' in which ? update.where('id', '=', which.id) : update.where('part', '=', which.part)).execute();
};
