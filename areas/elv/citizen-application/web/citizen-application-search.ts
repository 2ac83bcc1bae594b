import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { askedOf, pageInAddress, textInAddress } from '#web-kit/list-search.ts';
import { type citizenApplicationContract, citizenApplicationFilter } from '../model/citizen-application.contract.ts';

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const citizenApplicationSearch = z.object({
  q: textInAddress,
  state: citizenApplicationFilter.shape.state.catch(undefined),
  enterpriseId: citizenApplicationFilter.shape.enterpriseId.catch(undefined),
  waitedDays: citizenApplicationFilter.shape.waitedDays.catch(undefined),
  ...pageInAddress,
});
/** See {@link citizenApplicationSearch}. */
export type CitizenApplicationSearch = z.output<typeof citizenApplicationSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: CitizenApplicationSearch): InputOf<(typeof citizenApplicationContract)['list']> =>
  askedOf(search);
