import type { Predicate } from '#kernel/access/predicate.ts';
import type { CaseStatistics } from '#practices/case-statistics/server/statistics.ts';
import type { CaseConditions } from './case-list.store.ts';

/**
 * How many cases fit, out of the numbers kept with the steps; undefined where they do not tell, because the filter or the rows ask for more than
 * enterprise, district and state: then the cases themselves are counted, by the index that finds them. See docs/adr/0051.
 */
export const keptTotal = async (
  statistics: Pick<CaseStatistics, 'standing'>,
  { q, mark, overdue, held, mine, enterpriseId, districtCode, state, ...others }: CaseConditions,
  rows: Predicate,
): Promise<number | undefined> => {
  // A condition that is added to lists is to be thought of here.
  others satisfies Record<string, never>;
  if ((q?.length ?? 0) >= 2 || (mark?.length ?? 0) > 0 || overdue || held !== undefined || mine) return undefined;
  const standing = await statistics.standing({
    all: [
      rows,
      ...(enterpriseId === undefined ? [] : [{ field: 'organisation', in: [enterpriseId] }]),
      ...(districtCode === undefined ? [] : [{ field: 'district', in: [districtCode] }]),
      ...(state && state.length > 0 ? [{ field: 'state', in: state }] : []),
    ],
  });
  return standing?.reduce((sum, { count }) => sum + count, 0);
};
