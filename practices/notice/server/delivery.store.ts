import type { z } from 'zod';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertRowsIfAbsent, skipLocked } from '#kernel/db/dialect/postgres.ts';
import type { Channel, DeliveryState } from '../model/channel.ts';
import type { deliveryFilter } from '../model/delivery.contract.ts';
import type { DeliveryTable, NoticeTable, NoticeTables } from './notice.tables.ts';

const deliveries = (db: Db | Tx) => db.withTables<NoticeTables>().selectFrom('notice.delivery');

/** Notices told up to a moment that nobody has sent out yet, the oldest first, locked for this transaction; those another process has are passed over. */
export const takeDue = (tx: Tx, until: Date, most: number): Promise<NoticeTable[]> =>
  tx
    .withTables<NoticeTables>()
    .selectFrom('notice.notice')
    .selectAll()
    .where('outward', '=', 'due')
    .where('raised_at', '<=', until)
    .orderBy('raised_at')
    .limit(most)
    .modifyEnd(skipLocked)
    .execute();

/** Notes that these have been seen to, or wait for the end of the quiet hours. */
export const markSeenTo = async (tx: Tx, ids: readonly string[], outward: 'done' | 'held'): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .withTables<NoticeTables>()
    .updateTable('notice.notice')
    .set({ outward })
    .where('id', 'in', [...ids])
    .execute();
};

/** The quiet hours are over: what waited for that is due. */
export const releaseHeld = async (tx: Tx): Promise<void> => {
  await tx
    .withTables<NoticeTables>()
    .updateTable('notice.notice')
    .set({ outward: 'due' })
    .where('outward', '=', 'held')
    .execute();
};

/** Keeps deliveries. */
export const addDeliveries = (tx: Tx, rows: readonly DeliveryTable[]): Promise<void> =>
  insertRowsIfAbsent(
    tx,
    'notice.delivery',
    rows.map((row) => ({ ...row })),
  );

/** How it stands with these notices. */
export const deliveriesOf = async (db: Db | Tx, noticeIds: readonly string[]): Promise<DeliveryTable[]> =>
  noticeIds.length === 0
    ? []
    : deliveries(db)
        .selectAll()
        .where('notice_id', 'in', [...noticeIds])
        .orderBy('channel')
        .execute();

/** One delivery by its notice and its way. */
export interface Way {
  readonly noticeId: string;
  readonly channel: Channel;
}

const updated = (tx: Tx, { noticeId, channel }: Way) =>
  tx
    .withTables<NoticeTables>()
    .updateTable('notice.delivery')
    .where('notice_id', '=', noticeId)
    .where('channel', '=', channel);

/** What the gateway's answer makes of a delivery, where nothing is known of its arrival yet: a report may have overtaken the answer. */
export const noteAnswer = async (
  tx: Tx,
  way: Way,
  state: Extract<DeliveryState, 'sent' | 'failed' | 'given-up'>,
  reason: string | null,
  now: Date,
): Promise<void> => {
  await updated(tx, way)
    .set({ state, reason, changed_at: now })
    .where('state', 'in', ['waiting', 'given-up'])
    .execute();
};

/** What the gateway tells of a message's arrival; of several reports the one about the latest moment stands. False when there is no such delivery. */
export const noteReport = async (
  tx: Tx,
  way: Way,
  report: { readonly state: 'delivered' | 'failed'; readonly reason: string | null; readonly at: Date },
  now: Date,
): Promise<boolean> => {
  const known = await deliveries(tx)
    .select('state')
    .where('notice_id', '=', way.noticeId)
    .where('channel', '=', way.channel)
    .executeTakeFirst();
  if (!known || known.state === 'no-address') return false;
  await updated(tx, way)
    .set({ state: report.state, reason: report.reason, changed_at: now, reported_at: report.at })
    .where((eb) => eb.or([eb('reported_at', 'is', null), eb('reported_at', '<', report.at)]))
    .execute();
  return true;
};

/** A page of deliveries, the newest first, with what was sent and to whom, and the exact number of all that fit. */
export const listDeliveries = async (db: Db, { channel, state, page, size }: z.output<typeof deliveryFilter>) => {
  const base = db
    .withTables<NoticeTables>()
    .selectFrom('notice.delivery as d')
    .innerJoin('notice.notice as n', 'n.id', 'd.notice_id')
    .$if(channel !== undefined, (query) => query.where('d.channel', '=', channel ?? 'sms'))
    .$if(state !== undefined, (query) => query.where('d.state', '=', state ?? 'waiting'));
  const [rows, count] = await Promise.all([
    base
      .select(['d.notice_id', 'd.channel', 'd.state', 'd.reason', 'd.queued_at', 'd.changed_at'])
      .select(['n.title', 'n.outside', 'n.recipient_id', 'n.matter_type', 'n.matter_id'])
      .orderBy('d.queued_at', 'desc')
      .orderBy('d.notice_id', 'desc')
      .limit(size)
      .offset((page - 1) * size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(count.count) };
};
