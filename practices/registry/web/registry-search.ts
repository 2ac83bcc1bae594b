import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { entrySort, type RegistryContract } from '../model/registry.contract.ts';

/** What a list may be asked. */
export type EntryFilterInput = InputOf<RegistryContract['list']>;

const states = z
  .preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.unknown()))
  .transform((values) => values.filter((one): one is string => typeof one === 'string' && /^[A-Za-z]{1,40}$/.test(one)))
  .transform((values) => (values.length > 0 ? [...new Set(values)] : undefined))
  .optional();

const yes = z.union([z.literal(true), z.literal('true')]).transform(() => true as const);

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than refused:
 * an old bookmark opens the list, not an error.
 */
export const registrySearch = z.object({
  q: z.coerce.string().trim().min(1).max(60).optional().catch(undefined),
  state: states,
  // An address has numbers for what looks like one.
  district: z.coerce
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .catch(undefined),
  validity: z.enum(['lapsing', 'lapsed']).optional().catch(undefined),
  inRegistry: yes.optional().catch(undefined),
  overdue: yes.optional().catch(undefined),
  mine: yes.optional().catch(undefined),
  sort: entrySort.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});

/** See {@link registrySearch}. */
export type RegistrySearch = z.output<typeof registrySearch>;

/** How many lines a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = ({ inRegistry, overdue, mine, ...search }: RegistrySearch): EntryFilterInput => ({
  ...Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  ...(inRegistry ? { inRegistry: 'true' } : {}),
  ...(overdue ? { overdue: 'true' } : {}),
  ...(mine ? { mine: 'true' } : {}),
  size: search.size ?? defaultPageSize,
});

/** Whether anything but order and page is asked for. */
export const isFiltered = ({ sort: _sort, page: _page, size: _size, ...filters }: RegistrySearch): boolean =>
  Object.values(filters).some((one) => one !== undefined);

/** The list of what a duty is about. */
export const searchOfDuty = (key: string): RegistrySearch =>
  key === 'lapsing' || key === 'lapsed' ? { validity: key, sort: 'validUntil' } : { mine: true, state: [key] };
