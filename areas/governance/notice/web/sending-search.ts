import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { channels, deliveryState } from '#practices/notice/model/channel.ts';
import type { deliveryContract } from '#practices/notice/model/delivery.contract.ts';
import { askedOf, pageInAddress } from '#web-kit/list-search.ts';

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const sendingSearch = z.object({
  channel: z.enum(channels).optional().catch(undefined),
  state: deliveryState.optional().catch(undefined),
  ...pageInAddress,
});
/** See {@link sendingSearch}. */
export type SendingSearch = z.output<typeof sendingSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: SendingSearch): InputOf<(typeof deliveryContract)['list']> => askedOf(search);
