import type { z } from 'zod';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertRowsIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { mostCounted, type noticeFilter } from '../model/notice.contract.ts';
import type { NoticeTable, NoticeTables } from './notice.tables.ts';

const table = (db: Db | Tx) => db.withTables<NoticeTables>().selectFrom('notice.notice');

/** Keeps notices; those that were told before are left as they are. */
export const addNotices = (tx: Tx, rows: readonly NoticeTable[]): Promise<void> =>
  insertRowsIfAbsent(
    tx,
    'notice.notice',
    rows.map((row) => ({ ...row })),
  );

/** A page of a person's notices, the newest first, and the exact number of all that fit. */
export const listNotices = async (
  db: Db,
  recipientId: string,
  { unread, group, page, size }: z.output<typeof noticeFilter>,
): Promise<{ readonly rows: readonly NoticeTable[]; readonly total: number }> => {
  const base = table(db)
    .where('recipient_id', '=', recipientId)
    .$if(unread === true, (query) => query.where('unread', '=', true))
    .$if(group !== undefined, (query) => query.where('group_id', '=', group ?? ''));
  const [rows, count] = await Promise.all([
    base
      .selectAll()
      .orderBy('raised_at', 'desc')
      .orderBy('id', 'desc')
      .limit(size)
      .offset((page - 1) * size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(count.count) };
};

/** How many notices a person has not read; counting ends at one more than is shown. */
export const countUnread = async (db: Db | Tx, recipientId: string): Promise<number> => {
  const rows = await table(db)
    .select('id')
    .where('recipient_id', '=', recipientId)
    .where('unread', '=', true)
    .limit(mostCounted + 1)
    .execute();
  return rows.length;
};

/** Notes that a person has read these of their own notices; others are not touched. */
export const markRead = async (tx: Tx, recipientId: string, ids: readonly string[], now: Date): Promise<void> => {
  await tx
    .withTables<NoticeTables>()
    .updateTable('notice.notice')
    .set({ unread: false, read_at: now })
    .where('id', 'in', [...ids])
    .where('recipient_id', '=', recipientId)
    .where('unread', '=', true)
    .execute();
};

/** The same of all that were raised up to a moment. */
export const markReadUntil = async (tx: Tx, recipientId: string, until: Date, now: Date): Promise<void> => {
  await tx
    .withTables<NoticeTables>()
    .updateTable('notice.notice')
    .set({ unread: false, read_at: now })
    .where('recipient_id', '=', recipientId)
    .where('unread', '=', true)
    .where('raised_at', '<=', until)
    .execute();
};

/** Takes away some of the notices raised before a moment, with how they were sent, the oldest first; answers how many. Those still to go out stay. */
export const dropOld = async (tx: Tx, before: Date, most: number): Promise<number> => {
  const rows = await table(tx)
    .select('id')
    .where('outward', '=', 'done')
    .where('raised_at', '<', before)
    .orderBy('raised_at')
    .limit(most)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const tables = tx.withTables<NoticeTables>();
  await tables.deleteFrom('notice.delivery').where('notice_id', 'in', ids).execute();
  await tables.deleteFrom('notice.notice').where('id', 'in', ids).execute();
  return rows.length;
};
