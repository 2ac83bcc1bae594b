import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { askedOf, pageInAddress, statesInAddress, textInAddress, yesInAddress } from '#web-kit/list-search.ts';
import { entrySort, type RegistryContract } from '../model/registry.contract.ts';

/** What a list may be asked. */
export type EntryFilterInput = InputOf<RegistryContract['list']>;

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than refused:
 * an old bookmark opens the list, not an error.
 */
export const registrySearch = z.object({
  q: textInAddress,
  state: statesInAddress,
  // An address has numbers for what looks like one.
  district: z.coerce
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .catch(undefined),
  validity: z.enum(['lapsing', 'lapsed']).optional().catch(undefined),
  inRegistry: yesInAddress,
  overdue: yesInAddress,
  mine: yesInAddress,
  sort: entrySort.optional().catch(undefined),
  ...pageInAddress,
});

/** See {@link registrySearch}. */
export type RegistrySearch = z.output<typeof registrySearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: RegistrySearch): EntryFilterInput => askedOf(search);

/** The list of what a duty is about. */
export const searchOfDuty = (key: string): RegistrySearch =>
  key === 'lapsing' || key === 'lapsed' ? { validity: key, sort: 'validUntil' } : { mine: true, state: [key] };
