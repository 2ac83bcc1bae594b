import type { Db, Tx } from '#kernel/db/database.ts';
import type { ElvTables } from './vehicle-case.tables.ts';

/** The standing facts of a case that messages and claims need. */
export interface CaseFacts {
  readonly caseNo: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly enterpriseCode: string;
  readonly photos: readonly { readonly part: string; readonly sm3: string; readonly fileId: string }[];
}

/** Reads them. Errors: throws when there is no such case. */
export const getCaseFacts = async (db: Db | Tx, id: string): Promise<CaseFacts> => {
  const tables = db.withTables<ElvTables>();
  const row = await tables
    .selectFrom('elv.vehicle_case')
    .select(['case_no', 'enterprise_id', 'enterprise_name', 'enterprise_code'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const photos = await tables
    .selectFrom('elv.vehicle_photo')
    .select(['part', 'sm3', 'file_id'])
    .where('case_id', '=', id)
    .where('removed_at', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();
  return {
    caseNo: row.case_no,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    enterpriseCode: row.enterprise_code,
    photos: photos.map(({ part, sm3, file_id }) => ({ part, sm3, fileId: file_id })),
  };
};

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
