import type { CountedCases } from '#practices/case-statistics/server/statistics.parts.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The vehicle cases as a recount of their statistics reads them. */
export const countedCases: CountedCases = {
  enterprises: async (db) => {
    // From one enterprise to the next by the index: as many looks as there are enterprises, however many cases they have.
    const found: string[] = [];
    for (let after = ''; ; ) {
      const next = await db
        .withTables<ElvTables>()
        .selectFrom('elv.vehicle_case')
        .select('enterprise_id')
        .where('enterprise_id', '>', after)
        .orderBy('enterprise_id')
        .limit(1)
        .executeTakeFirst();
      if (!next) return found;
      after = next.enterprise_id;
      found.push(after);
    }
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
