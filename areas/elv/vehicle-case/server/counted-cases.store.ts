import type { CountedCases } from '#practices/case-statistics/server/statistics.parts.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The vehicle cases as a recount of their statistics reads them. */
export const countedCases: CountedCases = {
  enterprises: async (db) => {
    const rows = await db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_case')
      .select('enterprise_id')
      .distinct()
      .execute();
    return rows.map(({ enterprise_id }) => enterprise_id);
  },
  of: (db, enterpriseId, after, most) =>
    db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_case')
      .select(['id', 'opened_at as openedAt', 'district_code as districtCode'])
      .where('enterprise_id', '=', enterpriseId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(most)
      .execute(),
};
