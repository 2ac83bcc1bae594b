import { sql } from 'kysely';
import { type Predicate, passes } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import { partOf, readParts } from '#kernel/db/parts.ts';
import { everPeriod } from '../model/passage.ts';
import { waitingPassages } from './passage.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { StatisticsTables } from './statistics.tables.ts';

/** How many cases of an enterprise rest in a state now. */
export interface Standing {
  readonly state: string;
  readonly enterpriseId: string;
  readonly count: number;
}

const columns = { organisation: 'enterprise_id', district: 'district_code', state: 'place' } as const;

/** Whether rows are told by nothing but what the numbers know: enterprise, district and state. */
export const toldByNumbers = (rows: Predicate): boolean => {
  if ('all' in rows) return rows.all.every(toldByNumbers);
  if ('any' in rows) return rows.any.every(toldByNumbers);
  // A number has no missing district, of which a negation could be true.
  return 'field' in rows && Object.hasOwn(columns, rows.field);
};

/**
 * How many cases rest where now, by what has come in and not gone out: exact at any moment, and no case is looked at. What was not added up
 * yet is read in the same statement. Only for rows that {@link toldByNumbers} approves.
 */
export const readStanding = async (parts: StatisticsParts, rows: Predicate): Promise<readonly Standing[]> => {
  const { db, profile, schema } = parts;
  const tallies = db
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .selectFrom('case_tally')
    .where('case_type', '=', profile.lifecycle.id)
    .where('period', '=', everPeriod)
    .where('measure', 'in', ['state-in', 'state-out'])
    .where((eb) => whereRows(eb, rows, columns))
    .select([
      'place as state',
      'enterprise_id as enterpriseId',
      sql<number>`sum(case when measure = 'state-in' then count else -count end)`.as('count'),
    ])
    .groupBy(['place', 'enterprise_id']);
  const found = await readParts(db, {
    counted: partOf(tallies, {}, (row): Standing => row),
    waiting: partOf(
      waitingPassages(db, parts).select(['from_state', 'to_state', 'enterprise_id', 'district_code']),
      {},
      ({
        from_state: from,
        to_state: to,
        enterprise_id: enterpriseId,
        district_code: district,
      }): readonly Standing[] => {
        const within = (state: string) => passes(rows, { organisation: enterpriseId, district, state });
        return [
          ...(within(to) ? [{ state: to, enterpriseId, count: 1 }] : []),
          ...(from !== null && within(from) ? [{ state: from, enterpriseId, count: -1 }] : []),
        ];
      },
    ),
  });
  return [...found.counted, ...found.waiting.flat()];
};
