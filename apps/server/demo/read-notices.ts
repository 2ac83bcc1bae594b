import { type Db, inTransaction } from '#kernel/db/database.ts';
import { markReadUntil } from '#practices/notice/server/notice.store.ts';
import { demoAccounts } from './accounts.ts';

const dayMs = 24 * 3_600_000;

/** People have read what they were told in the story, but for its last days. */
export const readOldNotices = async (db: Db, end: Date): Promise<void> => {
  const until = new Date(end.getTime() - 8 * dayMs);
  await inTransaction(db, async (tx) => {
    for (const { id } of demoAccounts) await markReadUntil(tx, id, until, until);
  });
};
