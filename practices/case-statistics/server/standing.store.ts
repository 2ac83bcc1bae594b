import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { type AccessColumns, whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { everPeriod } from '../model/passage.ts';
import { waitingPassages } from './passage.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { StatisticsTables } from './statistics.tables.ts';

/** How many cases rest in a state now, or with an enterprise. */
export interface Standing {
  /** The state, or the enterprise. */
  readonly of: string;
  readonly count: number;
}

const groups = { state: 'place', enterprise: 'enterprise_id' } as const;

const columns = { organisation: 'enterprise_id', district: 'district_code', state: 'place' } as const;

/** Whether rows are told by nothing but what the numbers know: enterprise, district and state, or only some of them. */
export const toldByNumbers = (rows: Predicate, known: AccessColumns = columns): boolean => {
  if ('all' in rows) return rows.all.every((one) => toldByNumbers(one, known));
  if ('any' in rows) return rows.any.every((one) => toldByNumbers(one, known));
  // A number has no missing district, of which a negation could be true.
  return 'field' in rows && Object.hasOwn(known, rows.field);
};

/** One column of the passages that wait to be added up, each of which adds so many to where it points. */
const waitingAt = (parts: StatisticsParts, rows: Predicate, end: 'to_state' | 'from_state', each: 1 | -1) => {
  const ends = waitingPassages(parts.db, parts)
    .where(end, 'is not', null)
    .select([
      sql<string>`${sql.ref(end)}`.as('place'),
      'enterprise_id',
      'district_code',
      sql<string>`${sql.lit(each)}`.as('count'),
    ])
    .as('waiting');
  return parts.db
    .selectFrom(ends)
    .where((eb) => whereRows(eb, rows, columns))
    .select(['place', 'enterprise_id', 'count']);
};

const statementOf = (parts: StatisticsParts, rows: Predicate, by: keyof typeof groups) => {
  const { db, profile, schema } = parts;
  const moved = db
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .selectFrom('case_tally')
    .where('case_type', '=', profile.lifecycle.id)
    .where('period', '=', everPeriod)
    .where('measure', 'in', ['state-in', 'state-out'])
    .where((eb) => whereRows(eb, rows, columns))
    .select([
      'place',
      'enterprise_id',
      sql<string>`case when measure = 'state-in' then count else -count end`.as('count'),
    ])
    .unionAll(waitingAt(parts, rows, 'to_state', 1))
    .unionAll(waitingAt(parts, rows, 'from_state', -1))
    .as('moved');
  return db
    .selectFrom(moved)
    .select([`${groups[by]} as of`, sql<string>`sum(count)`.as('count')])
    .groupBy(groups[by])
    .compile();
};

/** So many people's statements are kept. */
const mostKept = 500;

/**
 * How many cases rest in each state now, or with each enterprise, by what has come in and not gone out: exact at any moment, and no case is looked at. What was not added up
 * yet is added in the same statement, so that however much waits, what is answered has a row for each. Only for rows that
 * {@link toldByNumbers} approves. Every list asks it; the statement is made once for the same rows, which took as long as its answer.
 */
export const standingOf = (
  parts: StatisticsParts,
): ((db: Db, rows: Predicate, by: keyof typeof groups) => Promise<readonly Standing[]>) => {
  const statements = new Map<string, ReturnType<typeof statementOf>>();
  return async (db, rows, by) => {
    const key = JSON.stringify([by, rows]);
    const statement = statements.get(key) ?? statementOf(parts, rows, by);
    if (statements.size >= mostKept) statements.clear();
    statements.set(key, statement);
    const found = await db.executeQuery(statement);
    return found.rows.map(({ of, count }) => ({ of, count: Number(count) }));
  };
};
