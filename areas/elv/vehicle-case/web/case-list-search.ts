import { z } from 'zod';
import {
  askedOf,
  manyInAddress,
  pageInAddress,
  statesInAddress,
  textInAddress,
  yesInAddress,
} from '#web-kit/list-search.ts';
import { caseSort } from '../model/vehicle-case.contract.ts';
import { holdCode, markCode } from '../model/vehicle-case.views.ts';
import type { CaseFilterInput } from './case-api.ts';

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than
 * refused: an old bookmark opens the list, not an error.
 */
export const caseListSearch = z.object({
  q: textInAddress,
  state: statesInAddress,
  mark: manyInAddress(markCode),
  enterpriseId: z.string().min(1).max(64).optional().catch(undefined),
  districtCode: z.coerce
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .catch(undefined),
  held: holdCode.optional().catch(undefined),
  overdue: yesInAddress,
  mine: yesInAddress,
  sort: caseSort.optional().catch(undefined),
  ...pageInAddress,
});

/** See {@link caseListSearch}. */
export type CaseListSearch = z.output<typeof caseListSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: CaseListSearch): CaseFilterInput => askedOf(search);
