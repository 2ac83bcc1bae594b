import { z } from 'zod';
import { stringifySearch } from '#web-kit/search-params.ts';
import { type CaseListSearch, caseListSearch } from './case-list-search.ts';

/** A named state of the list, kept in the person's browser. The page number does not belong to it. */
export interface SavedView {
  readonly name: string;
  readonly search: CaseListSearch;
}

/** How many views a person may keep; more than fit on one line help nobody. */
export const mostViews = 8;

/** What is kept in the browser; a view that cannot be read any more keeps what can. */
export const savedViews: z.ZodType<readonly SavedView[]> = z
  .array(z.object({ name: z.string().min(1).max(20), search: caseListSearch }))
  .max(mostViews);

const withoutPage = ({ page: _page, ...search }: CaseListSearch): CaseListSearch => search;

const canonical = (search: CaseListSearch): string => {
  const entries = Object.entries(withoutPage(search)).map(([name, value]): [string, unknown] => [
    name,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  return stringifySearch(Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b))));
};

/** Whether two states show the same cases in the same order. */
export const sameView = (one: CaseListSearch, other: CaseListSearch): boolean => canonical(one) === canonical(other);

/** The views with one more; a name that is there already now means the new state. */
export const withView = (views: readonly SavedView[], name: string, search: CaseListSearch): readonly SavedView[] =>
  [...views.filter((view) => view.name !== name), { name, search: withoutPage(search) }].slice(-mostViews);

/** The views everybody has. */
export const standingViews: readonly SavedView[] = [
  { name: '全部', search: {} },
  { name: '等我处理', search: { mine: true, sort: 'deadlineAt' } },
  { name: '已超期', search: { overdue: true, sort: 'deadlineAt' } },
  { name: '监销车', search: { mark: ['supervised'] } },
];
