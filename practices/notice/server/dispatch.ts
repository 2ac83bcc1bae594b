import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { type Channel, channels } from '../model/channel.ts';
import { quietUntil } from '../model/quiet-hours.ts';
import { takesWay } from '../model/wanted.ts';
import { addDeliveries, deliveriesOf, markSeenTo, releaseHeld, takeDue, type Way } from './delivery.store.ts';
import type { NoticeParts } from './notice.parts.ts';
import type { DeliveryTable, NoticeTable } from './notice.tables.ts';
import { preferencesOf } from './preference.store.ts';
import type { Addresses } from './recipients.ts';

const atOnce = 50;
/** What is older is not sent any more: whoever hears of it a day late has long read it in the system. Source: assumption, adr/0040. */
const worthSendingMs = 24 * 3_600_000;

/** Short messages go to mobile phones only. */
const addressFor: Readonly<Record<Channel, (addresses: Addresses) => string | null>> = {
  sms: ({ phone }) => (phone !== null && /^1\d{10}$/.test(phone) ? phone : null),
  mail: ({ email }) => email,
};

/** What a delivery is called at the gateway. */
export const referenceOf = ({ noticeId, channel }: Way): string => `${noticeId}:${channel}`;

/** The delivery a gateway speaks of on its way; undefined for a reference that is none of ours. */
export const wayOf = (reference: string, channel: Channel): Way | undefined => {
  const [noticeId = '', way] = reference.split(':');
  return way === channel ? { noticeId, channel } : undefined;
};

interface Leaving {
  readonly notice: NoticeTable;
  readonly channel: Channel;
  readonly urgent: boolean;
}

/** The ways each of these notices takes, as kinds and recipients have it. */
const leaving = async (
  { kinds }: NoticeParts,
  tx: Tx,
  notices: readonly NoticeTable[],
): Promise<readonly Leaving[]> => {
  const said = new Map(
    (await preferencesOf(tx, [...new Set(notices.map(({ recipient_id: id }) => id))])).map((one) => [
      `${one.person_id} ${one.group_id} ${one.channel}`,
      one.wanted,
    ]),
  );
  return notices.flatMap((notice) => {
    const kind = kinds.find(({ id }) => id === notice.kind);
    if (!kind) return [];
    const { recipient_id: person, group_id: group } = notice;
    return channels
      .filter((channel) => takesWay(kind, channel, said.get(`${person} ${group} ${channel}`)))
      .map((channel) => ({ notice, channel, urgent: kind.outside?.urgent ?? false }));
  });
};

const sendSome = async (parts: NoticeParts, tx: Tx): Promise<number> => {
  const { clock, recipients, outbox, letterTo, quietHours } = parts;
  const now = clock.now();
  const due = await takeDue(tx, now, atOnce);
  if (due.length === 0) return 0;
  const worth = due.filter(({ raised_at: at }) => now.getTime() - at.getTime() < worthSendingMs);
  const known = await deliveriesOf(
    tx,
    due.map(({ id }) => id),
  );
  // Held back over night, its mail may have gone already.
  const gone = new Set(known.map(({ notice_id: id, channel }) => `${id}:${channel}`));
  const ways = (await leaving(parts, tx, worth)).filter(
    ({ notice, channel }) => !gone.has(referenceOf({ noticeId: notice.id, channel })),
  );
  // No phone rings in quiet hours but for what cannot wait.
  const quiet = quietUntil(quietHours, now) !== null;
  const waits = ({ channel, urgent }: Leaving): boolean => quiet && channel === 'sms' && !urgent;
  const held = new Set(ways.filter(waits).map(({ notice }) => notice.id));
  const all = ways.filter((way) => !waits(way));
  const addresses = await recipients.addresses(tx, [...new Set(all.map(({ notice }) => notice.recipient_id))]);
  const rows: DeliveryTable[] = [];
  for (const { notice, channel } of all) {
    const reached = addresses.get(notice.recipient_id);
    const address = reached ? addressFor[channel](reached) : null;
    const common = { notice_id: notice.id, channel, reason: null, queued_at: now, changed_at: now, reported_at: null };
    rows.push({ ...common, state: address === null ? 'no-address' : 'waiting' });
    if (address === null) continue;
    const reference = referenceOf({ noticeId: notice.id, channel });
    const letter = letterTo[channel]({ reference, address, title: notice.title, text: notice.outside ?? notice.title });
    await outbox.put(tx, letter, { caseType: 'notice', caseId: notice.id, traceId: `notice-${notice.id}` });
  }
  await addDeliveries(tx, rows);
  const ids = due.map(({ id }) => id);
  const over = ids.filter((id) => !held.has(id));
  await markSeenTo(tx, over, 'done');
  await markSeenTo(tx, [...held], 'held');
  return due.length;
};

/**
 * Hands over to the gateways' outbox what was told since, each notice once: apart from the steps, so that no step waits for it, and with the addresses as they stand now. Answers how many
 * notices were seen to.
 */
export const sendDue = async (parts: NoticeParts): Promise<number> => {
  if (quietUntil(parts.quietHours, parts.clock.now()) === null) await inTransaction(parts.db, releaseHeld);
  let all = 0;
  for (let some = -1; some !== 0; all += some) some = await inTransaction(parts.db, (tx) => sendSome(parts, tx));
  if (all > 0) parts.nudge();
  return all;
};
