import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { channels, deliveryState } from '#practices/notice/model/channel.ts';
import type { deliveryContract } from '#practices/notice/model/delivery.contract.ts';

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const sendingSearch = z.object({
  channel: z.enum(channels).optional().catch(undefined),
  state: deliveryState.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});
/** See {@link sendingSearch}. */
export type SendingSearch = z.output<typeof sendingSearch>;

/** How many lines a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = (search: SendingSearch): InputOf<(typeof deliveryContract)['list']> => ({
  ...Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  size: search.size ?? defaultPageSize,
});
