import type { Subject } from '#kernel/access/access.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { maskValue } from '#kernel/fields/mask.ts';
import { channels } from '../model/channel.ts';
import type { GroupChoice, NoticeView, noticeContract } from '../model/notice.contract.ts';
import type { NoticeGroup } from '../model/notice-kind.ts';
import { deliveriesOf } from './delivery.store.ts';
import type { NoticeParts } from './notice.parts.ts';
import { countUnread, listNotices, markRead, markReadUntil } from './notice.store.ts';
import type { DeliveryTable, NoticeTable } from './notice.tables.ts';
import { preferencesOf, savePreference } from './preference.store.ts';

/** The groups of kinds somebody may be told of. */
const groupsOf = ({ kinds, access }: NoticeParts, subject: Subject): NoticeGroup[] => [
  ...new Map(
    kinds.filter(({ permission }) => access.holds(subject, permission)).map(({ group }) => [group.id, group]),
  ).values(),
];

const viewOf =
  ({ kinds }: NoticeParts, deliveries: readonly DeliveryTable[]) =>
  (row: NoticeTable): NoticeView => ({
    id: row.id,
    group: row.group_id,
    groupTitle: kinds.find(({ group }) => group.id === row.group_id)?.group.title ?? '',
    title: row.title,
    text: row.body,
    matter: { type: row.matter_type, id: row.matter_id },
    raisedAt: row.raised_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    deliveries: deliveries
      .filter(({ notice_id: id }) => id === row.id)
      .map(({ channel, state, reason, changed_at: at }) => ({ channel, state, reason, at: at.toISOString() })),
  });

/** What somebody may choose of the groups of kinds they may be told of, as far as these leave the house at all. */
const choicesOf = async (
  parts: NoticeParts,
  subject: Subject,
): Promise<OutputOf<(typeof noticeContract)['choices']>> => {
  const { db, kinds, recipients } = parts;
  const said = await preferencesOf(db, [subject.id]);
  const leaving = kinds.filter(({ outside }) => outside !== null);
  const own = await recipients.addresses(db, [subject.id]);
  const { phone = null, email = null } = own.get(subject.id) ?? {};
  const groups = groupsOf({ ...parts, kinds: leaving }, subject).map(({ id, title }): GroupChoice => {
    const inGroup = leaving.filter(({ group }) => group.id === id);
    const ways = channels.map((channel) => {
      const chosen = said.find((one) => one.group_id === id && one.channel === channel)?.wanted;
      return {
        channel,
        wanted: chosen ?? inGroup.some(({ outside }) => outside?.channels.includes(channel)),
        bound: inGroup.some(({ outside }) => outside?.bound?.includes(channel)),
      };
    });
    return { id, title, ways };
  });
  const masked = (value: string | null, kind: 'phone' | 'email') => (value === null ? null : maskValue(kind, value));
  return { addresses: { sms: masked(phone, 'phone'), mail: masked(email, 'email') }, groups };
};

/** A person's own notices: whose they are is who asks, and is said nowhere else. */
export const noticeHandlers = (parts: NoticeParts): Handlers<typeof noticeContract> => {
  const { db } = parts;
  return {
    list: async (filter, { subject }) => {
      const { rows, total } = await listNotices(db, subject.id, filter);
      const deliveries = await deliveriesOf(
        db,
        rows.map(({ id }) => id),
      );
      return { rows: rows.map(viewOf(parts, deliveries)), total, groups: groupsOf(parts, subject) };
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
    choices: (_, { subject }) => choicesOf(parts, subject),
    choose: async ({ group, channel, wanted }, { subject, fail }) => {
      if (!groupsOf(parts, subject).some(({ id }) => id === group)) return fail('NO_GROUP');
      await inTransaction(db, (tx) => savePreference(tx, { personId: subject.id, group, channel, wanted }));
      return choicesOf(parts, subject);
    },
  };
};
