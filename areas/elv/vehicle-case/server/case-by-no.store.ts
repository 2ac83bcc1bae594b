import type { Tx } from '#kernel/db/database.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** Locks the case of a case number and tells where it stands; undefined when there is none. */
export const lockCaseByNo = async (
  tx: Tx,
  caseNo: string,
): Promise<{ id: string; round: number; state: string } | undefined> =>
  tx
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(['id', 'round', 'state'])
    .where('case_no', '=', caseNo)
    .forUpdate()
    .executeTakeFirst();
