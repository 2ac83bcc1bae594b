import type { Handlers } from '#kernel/contract/mount.ts';
import type { deliveryContract } from '../model/delivery.contract.ts';
import { listDeliveries } from './delivery.store.ts';
import type { NoticeParts } from './notice.parts.ts';

/** What became of what left the house: no addresses, they stand with the people. */
export const deliveryHandlers = ({ db, recipients }: NoticeParts): Handlers<typeof deliveryContract> => ({
  list: async (filter) => {
    const { rows, total } = await listDeliveries(db, filter);
    const names = await recipients.names(db, [...new Set(rows.map(({ recipient_id: id }) => id))]);
    return {
      rows: rows.map((row) => ({
        noticeId: row.notice_id,
        channel: row.channel,
        state: row.state,
        reason: row.reason,
        title: row.title,
        text: row.outside ?? '',
        recipient: { id: row.recipient_id, ...(names.get(row.recipient_id) ?? { name: '', organisationName: null }) },
        matter: { type: row.matter_type, id: row.matter_id },
        queuedAt: row.queued_at.toISOString(),
        changedAt: row.changed_at.toISOString(),
      })),
      total,
    };
  },
});
