import { z } from 'zod';
import { caseSort } from '../model/vehicle-case.contract.ts';
import { holdCode, markCode } from '../model/vehicle-case.views.ts';
import type { CaseFilterInput } from './case-api.ts';

const manyOf = <T extends z.ZodType<string>>(one: T) =>
  z
    .preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.unknown()))
    .transform((values) =>
      values.map((value) => one.safeParse(value)).flatMap((result) => (result.success ? [result.data] : [])),
    )
    .transform((values) => (values.length > 0 ? [...new Set(values)] : undefined))
    .optional();

const yes = z.union([z.literal(true), z.literal('true')]).transform(() => true as const);

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than
 * refused: an old bookmark opens the list, not an error.
 */
export const caseListSearch = z.object({
  q: z.coerce.string().trim().min(1).max(60).optional().catch(undefined),
  state: manyOf(z.string().regex(/^[A-Za-z]{1,40}$/)),
  mark: manyOf(markCode),
  enterpriseId: z.string().min(1).max(64).optional().catch(undefined),
  districtCode: z.coerce
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .catch(undefined),
  held: holdCode.optional().catch(undefined),
  overdue: yes.optional().catch(undefined),
  mine: yes.optional().catch(undefined),
  sort: caseSort.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});

/** See {@link caseListSearch}. */
export type CaseListSearch = z.output<typeof caseListSearch>;

/** How many lines a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = ({ overdue, mine, ...search }: CaseListSearch): CaseFilterInput => ({
  ...Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  ...(overdue ? { overdue: 'true' } : {}),
  ...(mine ? { mine: 'true' } : {}),
  size: search.size ?? defaultPageSize,
});
