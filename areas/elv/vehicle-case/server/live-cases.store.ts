import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The columns of the numbers beside which these are shown, so that both speak of the same rows. */
const columns = { organisation: 'enterprise_id', district: 'district_code' } as const;

/** Cases of a state, an enterprise and a district that are past their deadline. */
export interface Overdue {
  readonly state: string;
  readonly enterpriseId: string;
  readonly districtCode: string;
  readonly count: number;
}

const living = (db: Db, rows: Predicate) =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .where((eb) => whereRows(eb, rows, columns));

/** How many cases are past their deadline where. Only states with something to do have one. */
export const countOverdue = async (db: Db, rows: Predicate, now: Date): Promise<readonly Overdue[]> => {
  const found = await living(db, rows)
    .where('deadline_at', '<', now)
    .select(({ fn }) => [
      'state',
      'enterprise_id as enterpriseId',
      sql<string>`coalesce(district_code, '')`.as('districtCode'),
      fn.countAll<string>().as('count'),
    ])
    .groupBy(['state', 'enterprise_id', 'district_code'])
    .execute();
  return found.map((row) => ({ ...row, count: Number(row.count) }));
};

/** Since when the oldest case of each of these states has rested there. Reads what is in hand, never what is over. */
export const oldestSince = async (
  db: Db,
  rows: Predicate,
  states: readonly string[],
): Promise<ReadonlyMap<string, Date>> => {
  const found = await living(db, rows)
    .where('state', 'in', [...states])
    .select(({ fn }) => ['state', fn.min('state_since').as('since')])
    .groupBy('state')
    .execute();
  return new Map(found.map(({ state, since }) => [state, since]));
};
