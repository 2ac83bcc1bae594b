import type { Predicate } from '#kernel/access/predicate.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PassedDays } from '#practices/case-statistics/server/passed-days.store.ts';
import type { CaseStatistics } from '#practices/case-statistics/server/statistics.ts';
import type { CaseConditions, CaseFilter, ListScope } from './case-list.store.ts';

/** What the numbers kept with the steps know of a list; each is undefined where they do not tell. */
export interface KeptOfList {
  /** How many cases fit. Asked once, by the connection it is first asked with. */
  total(db: Db): Promise<number | undefined>;
  /** Whole days of cases that lie before a line of the list; those that have not ended are counted as `countOpen` does. */
  passDays(tx: Tx, line: number, countOpen: (turn: Date) => Promise<number>): Promise<PassedDays | undefined>;
}

/** Where nothing is kept. */
export const nothingKept: KeptOfList = {
  total: () => Promise.resolve(undefined),
  passDays: () => Promise.resolve(undefined),
};

/** The rows of a list as the numbers tell them; undefined where its filter asks for more than enterprise, district and state. */
const rowsOf = (
  { q, mark, overdue, held, mine, enterpriseId, districtCode, state, ...others }: CaseConditions,
  rows: Predicate,
): Predicate | undefined => {
  // A condition that is added to lists is to be thought of here.
  others satisfies Record<string, never>;
  if ((q?.length ?? 0) >= 2 || (mark?.length ?? 0) > 0 || overdue || held !== undefined || mine) return undefined;
  return {
    all: [
      rows,
      ...(enterpriseId === undefined ? [] : [{ field: 'organisation', in: [enterpriseId] }]),
      ...(districtCode === undefined ? [] : [{ field: 'district', in: [districtCode] }]),
      ...(state && state.length > 0 ? [{ field: 'state', in: state }] : []),
    ],
  };
};

/**
 * What the numbers kept with the steps know of a list. Where they do not tell, the cases themselves are counted, by the index that finds them. See
 * docs/adr/0051 and 0055.
 */
export const keptOfList = (
  statistics: Pick<CaseStatistics, 'standing' | 'passDays'>,
  { sort, page: _page, size: _size, ...conditions }: CaseFilter,
  { rows: scope, openStates }: ListScope,
): KeptOfList => {
  const rows = rowsOf(conditions, scope);
  if (!rows) return nothingKept;
  let standing: ReturnType<typeof statistics.standing> | undefined;
  const sum = async (db: Db, meant: (state: string) => boolean): Promise<number | undefined> => {
    standing ??= statistics.standing(rows, 'state', db).catch((error: unknown) => {
      // A transaction that is tried again asks again.
      standing = undefined;
      throw error;
    });
    return (await standing)?.filter(({ of }) => meant(of)).reduce((all, { count }) => all + count, 0);
  };
  return {
    total: (db) => sum(db, () => true),
    passDays: async (tx, line, beside) => {
      if (sort === 'deadlineAt') return undefined;
      const from = sort.startsWith('-') ? 'newest' : 'oldest';
      if (sort.endsWith('openedAt')) return statistics.passDays(tx, { rows, by: 'opened', from, most: line });
      // Those that have not ended lie anywhere between; so many fewer of the ended are sure to lie before the line.
      const open = await sum(tx, (state) => openStates.includes(state));
      return open === undefined
        ? undefined
        : statistics.passDays(tx, { rows, by: 'ended', from, most: Math.max(0, line - open), beside });
    },
  };
};
