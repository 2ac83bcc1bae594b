import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { askedOf, pageInAddress, statesInAddress, textInAddress, yesInAddress } from '#web-kit/list-search.ts';
import { type withdrawalContract, withdrawalFilter, withdrawalSort } from '../model/withdrawal.contract.ts';

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const withdrawalSearch = z.object({
  q: textInAddress,
  state: statesInAddress,
  kind: withdrawalFilter.shape.kind.catch(undefined),
  overdue: yesInAddress,
  mine: yesInAddress,
  sort: withdrawalSort.optional().catch(undefined),
  ...pageInAddress,
});
/** See {@link withdrawalSearch}. */
export type WithdrawalSearch = z.output<typeof withdrawalSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: WithdrawalSearch): InputOf<(typeof withdrawalContract)['list']> => askedOf(search);
