import type { Db, Tx } from '#kernel/db/database.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** So many frame numbers are looked for in one statement. */
const vinsAtOnce = 500;

/**
 * The cases an enterprise has of these vehicles, those that ended without scrapping (`ended`) left out: case numbers by VIN.
 */
export const caseNumbersByVin = async (
  db: Db | Tx,
  enterpriseId: string,
  vins: readonly string[],
  ended: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (let from = 0; from < vins.length; from += vinsAtOnce) {
    const rows = await db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_case')
      .select(['vin', 'case_no'])
      .where('vin', 'in', vins.slice(from, from + vinsAtOnce))
      .where('enterprise_id', '=', enterpriseId)
      .where('state', 'not in', [...ended])
      .execute();
    for (const { vin, case_no: caseNo } of rows) if (vin !== null) found.set(vin, caseNo);
  }
  return found;
};
