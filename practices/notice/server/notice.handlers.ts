import type { Subject } from '#kernel/access/access.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { NoticeView, noticeContract } from '../model/notice.contract.ts';
import type { NoticeGroup } from '../model/notice-kind.ts';
import type { NoticeParts } from './notice.parts.ts';
import { countUnread, listNotices, markRead, markReadUntil } from './notice.store.ts';
import type { NoticeTable } from './notice.tables.ts';

/** The groups of kinds somebody may be told of. */
const groupsOf = ({ kinds, access }: NoticeParts, subject: Subject): NoticeGroup[] => [
  ...new Map(
    kinds.filter(({ permission }) => access.holds(subject, permission)).map(({ group }) => [group.id, group]),
  ).values(),
];

const viewOf =
  ({ kinds }: NoticeParts) =>
  (row: NoticeTable): NoticeView => ({
    id: row.id,
    group: row.group_id,
    groupTitle: kinds.find(({ group }) => group.id === row.group_id)?.group.title ?? '',
    title: row.title,
    text: row.body,
    matter: { type: row.matter_type, id: row.matter_id },
    raisedAt: row.raised_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  });

/** A person's own notices: whose they are is who asks, and is said nowhere else. */
export const noticeHandlers = (parts: NoticeParts): Handlers<typeof noticeContract> => {
  const { db } = parts;
  return {
    list: async (filter, { subject }) => {
      const { rows, total } = await listNotices(db, subject.id, filter);
      return { rows: rows.map(viewOf(parts)), total, groups: groupsOf(parts, subject) };
    },
    unread: async (_, { subject }) => ({ unread: await countUnread(db, subject.id) }),
    markRead: ({ ids }, { subject, now }) =>
      inTransaction(db, async (tx) => {
        await markRead(tx, subject.id, ids, now);
        return { unread: await countUnread(tx, subject.id) };
      }),
    markAllRead: ({ until }, { subject, now }) =>
      inTransaction(db, async (tx) => {
        await markReadUntil(tx, subject.id, new Date(until), now);
        return { unread: await countUnread(tx, subject.id) };
      }),
  };
};
