import type { Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { ClaimTable, ElvTables } from './vehicle-case.tables.ts';

/**
 * Claims a vehicle for a case beside what it has claimed; answers the claim that stands when another case has it. The primary key decides, so two
 * clerks at the same moment get one case. A claim stays after the case has closed: a scrapped vehicle cannot be taken in again.
 */
export const claimBeside = async (tx: Tx, claim: ClaimTable): Promise<ClaimTable> => {
  await insertIfAbsent(tx, 'elv.vehicle_claim', { ...claim });
  return tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_claim')
    .selectAll()
    .where('vin', '=', claim.vin)
    .executeTakeFirstOrThrow();
};

/** Gives up every claim of a case but the one upon a vehicle. */
export const keepOnlyClaim = async (tx: Tx, caseId: string, vin: string): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .deleteFrom('elv.vehicle_claim')
    .where('case_id', '=', caseId)
    .where('vin', '!=', vin)
    .execute();
};

/** Claims a vehicle for a case instead of what it has claimed: one returned for correction may have changed its VIN. As {@link claimBeside}. */
export const claimVehicle = async (tx: Tx, claim: ClaimTable): Promise<ClaimTable> => {
  await keepOnlyClaim(tx, claim.case_id, claim.vin);
  return claimBeside(tx, claim);
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

/** The claim that stands upon a vehicle, kept as it is until the transaction ends; undefined while the vehicle is free. */
export const lockClaim = (tx: Tx, vin: string): Promise<ClaimTable | undefined> =>
  tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_claim')
    .selectAll()
    .where('vin', '=', vin)
    .forUpdate()
    .executeTakeFirst();

/** When a vehicle was accepted and by whom, for an enterprise that wants it too; of another enterprise its case number is not told. */
export const claimInWords = (standing: ClaimTable, forEnterpriseId: string): string => {
  const where =
    standing.enterprise_id === forEnterpriseId
      ? `本企业受理（案卷 ${standing.case_no}）`
      : `${standing.enterprise_name}受理`;
  return `该车已于 ${shanghaiMinute(standing.since)} 由${where}`;
};

/** Gives up the claim of a case that has ended without scrapping. */
export const releaseVehicle = async (tx: Tx, caseId: string): Promise<void> => {
  await tx.withTables<ElvTables>().deleteFrom('elv.vehicle_claim').where('case_id', '=', caseId).execute();
};
