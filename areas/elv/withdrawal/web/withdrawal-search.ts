import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { type withdrawalContract, withdrawalFilter, withdrawalSort } from '../model/withdrawal.contract.ts';

const states = z
  .preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.unknown()))
  .transform((values) => values.filter((one): one is string => typeof one === 'string' && /^[A-Za-z]{1,40}$/.test(one)))
  .transform((values) => (values.length > 0 ? [...new Set(values)] : undefined))
  .optional();

const yes = z.union([z.literal(true), z.literal('true')]).transform(() => true as const);

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const withdrawalSearch = z.object({
  q: z.coerce.string().trim().min(1).max(60).optional().catch(undefined),
  state: states,
  kind: withdrawalFilter.shape.kind.catch(undefined),
  overdue: yes.optional().catch(undefined),
  mine: yes.optional().catch(undefined),
  sort: withdrawalSort.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});
/** See {@link withdrawalSearch}. */
export type WithdrawalSearch = z.output<typeof withdrawalSearch>;

/** How many lines a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = ({
  overdue,
  mine,
  ...search
}: WithdrawalSearch): InputOf<(typeof withdrawalContract)['list']> => ({
  ...Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  ...(overdue ? { overdue: 'true' } : {}),
  ...(mine ? { mine: 'true' } : {}),
  size: search.size ?? defaultPageSize,
});

/** Whether anything but order and page is asked for. */
export const isFiltered = ({ sort: _sort, page: _page, size: _size, ...filters }: WithdrawalSearch): boolean =>
  Object.values(filters).some((one) => one !== undefined);
