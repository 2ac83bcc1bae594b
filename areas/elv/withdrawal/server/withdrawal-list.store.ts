import { type ExpressionBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import type { withdrawalFilter } from '../model/withdrawal.contract.ts';
import type { WithdrawalTable, WithdrawalTables } from './withdrawal.tables.ts';
import { withdrawalColumns } from './withdrawal-access.ts';

type Filter = z.output<typeof withdrawalFilter>;
type Builder = ExpressionBuilder<WithdrawalTables, 'elv.withdrawal'>;

/** The rows a list speaks of; `work` are those that wait for the asker, `open` the states that have not ended. */
export interface ListScope {
  readonly rows: Predicate;
  readonly work: Predicate;
  readonly open: readonly string[];
  readonly now: Date;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const matches = (eb: Builder, q: string) => {
  const prefix = `${escaped(normaliseCode(q).replace(/[·.-]/g, ''))}%`;
  return eb.or([
    eb('withdrawal_no', 'like', prefix),
    eb('case_no', 'like', prefix),
    eb('plate_no', 'like', prefix),
    eb('plate_no', 'like', `沪${prefix}`),
    eb('vin', 'like', prefix),
  ]);
};

const condition = (eb: Builder, filter: Filter, scope: ListScope) =>
  eb.and([
    whereRows(eb, scope.rows, withdrawalColumns),
    ...(filter.state && filter.state.length > 0 ? [eb('state', 'in', filter.state)] : []),
    ...(filter.kind === undefined ? [] : [eb('kind', '=', filter.kind)]),
    ...(filter.mine === true ? [whereRows(eb, scope.work, withdrawalColumns)] : []),
    ...(filter.overdue === true ? [eb('deadline_at', '<', scope.now), eb('state', 'in', [...scope.open])] : []),
    ...(filter.q !== undefined && filter.q.length >= 2 ? [matches(eb, filter.q)] : []),
  ]);

const orders = {
  '-stateSince': ['state_since', 'desc'],
  stateSince: ['state_since', 'asc'],
  '-openedAt': ['opened_at', 'desc'],
  openedAt: ['opened_at', 'asc'],
  deadlineAt: ['deadline_at', 'asc'],
} as const satisfies Readonly<Record<Filter['sort'], readonly [keyof WithdrawalTable, 'asc' | 'desc']>>;

const table = (db: Db) => db.withTables<WithdrawalTables>().selectFrom('elv.withdrawal');

/** One page of withdrawals and the exact number of all that fit. */
export const listWithdrawals = async (
  db: Db,
  filter: Filter,
  scope: ListScope,
): Promise<{ readonly rows: readonly WithdrawalTable[]; readonly total: number }> => {
  const base = table(db).where((eb) => condition(eb, filter, scope));
  const [column, direction] = orders[filter.sort];
  const [rows, count] = await Promise.all([
    base
      .selectAll()
      .orderBy(column, direction)
      .orderBy('id', direction)
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(count.count) };
};

/** How many withdrawals rest in each state, and how many of them are overdue. */
export const countByState = async (
  db: Db,
  rows: Predicate,
  now: Date,
): Promise<readonly { readonly state: string; readonly count: number; readonly overdue: number }[]> => {
  const found = await table(db)
    .where((eb) => whereRows(eb, rows, withdrawalColumns))
    .select(({ fn }) => [
      'state',
      fn.countAll<string>().as('count'),
      sql<string>`sum(case when deadline_at < ${now} then 1 else 0 end)`.as('overdue'),
    ])
    .groupBy('state')
    .execute();
  return found.map(({ state, count, overdue }) => ({ state, count: Number(count), overdue: Number(overdue ?? 0) }));
};

/** The next withdrawal that waits among these rows, other than the one just dealt with; the oldest first. */
export const findNext = async (db: Db, work: Predicate, exceptId: string): Promise<string | null> => {
  const next = await table(db)
    .select('id')
    .where('id', '!=', exceptId)
    .where((eb) => whereRows(eb, work, withdrawalColumns))
    .orderBy('state_since')
    .limit(1)
    .executeTakeFirst();
  return next?.id ?? null;
};
