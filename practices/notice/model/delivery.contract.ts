import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { channels, deliveryState } from './channel.ts';

const moment = z.iso.datetime();
const channel = z.enum(channels);

/** One notice on one way, as those see it who look after the gateways. */
const deliveryRow = z.object({
  noticeId: z.string(),
  channel,
  state: deliveryState,
  reason: z.string().nullable(),
  title: z.string(),
  /** What left the house. */
  text: z.string(),
  recipient: z.object({ id: z.string(), name: z.string(), organisationName: z.string().nullable() }),
  matter: z.object({ type: z.string(), id: z.string() }),
  queuedAt: moment,
  changedAt: moment,
});
/** See {@link deliveryRow}. */
export type DeliveryRow = z.output<typeof deliveryRow>;

/** What the list may be asked for. */
export const deliveryFilter = z.object({
  channel: channel.optional(),
  state: deliveryState.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

/** What became of what left the house, for those who look after it. Source: tender R49. */
export const deliveryContract = {
  list: operation({
    id: 'notice.delivery.list',
    title: '查看消息发送情况',
    source: tender(49),
    method: 'GET',
    path: '/notice-deliveries',
    permission: 'notice.delivery:read',
    input: deliveryFilter,
    output: z.object({ rows: z.array(deliveryRow), total: z.number() }),
    errors: {},
    audit: 'none',
  }),
};
