import type { Crypto } from '#kernel/crypto/crypto.ts';
import { byOneConnection, type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { type CaseFilter, casesWhere, type ListedCase, type ListScope, listed } from './case-list.store.ts';
import { type KeptOfList, nothingKept } from './kept-of-list.ts';

const orderOf = (
  sort: CaseFilter['sort'],
): { readonly column: 'state_since' | 'opened_at' | 'deadline_at'; readonly direction: 'asc' | 'desc' } => {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  if (sort === 'deadlineAt') return { column: 'deadline_at', direction };
  return { column: sort.endsWith('openedAt') ? 'opened_at' : 'state_since', direction };
};

type Base = Awaited<ReturnType<typeof casesWhere>>;

/** Lines from one on, in the order of the list. */
const linesFrom = (base: Base, { sort, size }: CaseFilter, line: number): Promise<ListedCase[]> => {
  const { column, direction } = orderOf(sort);
  return base.select(listed).orderBy(column, direction).orderBy('id', direction).limit(size).offset(line).execute();
};

const countOf = async (base: Base): Promise<number> => {
  const { count } = await base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
};

/** From this line on whole days are passed over by their numbers, which cost less than as many lines. */
const farLine = 1_000;

/** A page far back, read behind the days that were passed over; the same lines as if all before had been read. */
const linesFarBack = async (
  tx: Tx,
  base: Base,
  filter: CaseFilter,
  { openStates }: ListScope,
  kept: KeptOfList,
): Promise<ListedCase[]> => {
  const line = (filter.page - 1) * filter.size;
  if (line >= ((await kept.total(tx)) ?? Number.POSITIVE_INFINITY)) return [];
  const { column, direction } = orderOf(filter.sort);
  const [before, behind] = direction === 'desc' ? (['>=', '<'] as const) : (['<', '>='] as const);
  const open = base.where('state', 'in', [...openStates]);
  const passed = await kept.passDays(tx, line, (turn) => countOf(open.where(column, before, turn)));
  // More were passed only where steps were taken since it was asked how many are open.
  if (!passed || passed.count > line) return linesFrom(base, filter, line);
  return linesFrom(base.where(column, behind, passed.turn), filter, line - passed.count);
};

/** A page near the first, and what the numbers tell of all. */
const pageNear = async (base: (one: Db) => Promise<Base>, db: Db, filter: CaseFilter, kept: KeptOfList) => {
  const lines = async (one: Db) => linesFrom(await base(one), filter, (filter.page - 1) * filter.size);
  // What is to be counted takes long, so that both are asked side by side.
  return kept === nothingKept
    ? Promise.all([lines(db), base(db).then(countOf)])
    : byOneConnection(db, (one) => Promise.all([lines(one), kept.total(one)]));
};

/** One page of cases and the exact number of all that fit, which is counted where it is not kept. */
export const listCases = async (
  db: Db,
  crypto: Crypto,
  filter: CaseFilter,
  scope: ListScope,
  kept: KeptOfList = nothingKept,
): Promise<{ readonly rows: readonly ListedCase[]; readonly total: number }> => {
  const base = (one: Db) => casesWhere(one, crypto, filter, scope);
  const [rows, told] = await ((filter.page - 1) * filter.size < farLine
    ? pageNear(base, db, filter, kept)
    : inTransaction(
        db,
        async (tx) => Promise.all([linesFarBack(tx, await base(tx), filter, scope, kept), kept.total(tx)]),
        'one-moment',
      ));
  return { rows, total: told ?? (await countOf(await base(db))) };
};
