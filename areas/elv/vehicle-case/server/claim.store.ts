import type { Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { ClaimTable, ElvTables } from './vehicle-case.tables.ts';

/**
 * Claims a vehicle for a case; answers the claim that stands when another case has it. The primary key decides, so two clerks at
 * the same moment get one case. A claim stays after the case has closed: a scrapped vehicle cannot be taken in again.
 */
export const claimVehicle = async (tx: Tx, claim: ClaimTable): Promise<ClaimTable> => {
  const tables = tx.withTables<ElvTables>();
  // A case returned for correction may have changed its VIN: the old claim is given up first.
  await tables
    .deleteFrom('elv.vehicle_claim')
    .where('case_id', '=', claim.case_id)
    .where('vin', '!=', claim.vin)
    .execute();
  await insertIfAbsent(tx, 'elv.vehicle_claim', { ...claim });
  return tables.selectFrom('elv.vehicle_claim').selectAll().where('vin', '=', claim.vin).executeTakeFirstOrThrow();
};

/** The frame number of the vehicle a case has claimed; undefined where it has claimed none. */
export const findClaimedVehicle = async (tx: Tx, caseId: string): Promise<string | undefined> =>
  (
    await tx
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_claim')
      .select('vin')
      .where('case_id', '=', caseId)
      .executeTakeFirst()
  )?.vin;

/** Gives up the claim of a case that has ended without scrapping. */
export const releaseVehicle = async (tx: Tx, caseId: string): Promise<void> => {
  await tx.withTables<ElvTables>().deleteFrom('elv.vehicle_claim').where('case_id', '=', caseId).execute();
};
