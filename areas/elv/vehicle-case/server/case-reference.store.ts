import type { Db, Tx } from '#kernel/db/database.ts';
import { type Part, partOf } from '#kernel/db/parts.ts';
import type { ElvTables, ReferenceTable } from './vehicle-case.tables.ts';

/** A case that an enterprise's system opened under the enterprise's own number. `digest` tells the same content from another. */
export interface CaseReference {
  readonly caseId: string;
  readonly caseNo: string;
  readonly digest: string;
}

/** What an enterprise's system opened under that number; undefined where nothing. */
export const findReference = async (
  db: Db | Tx,
  enterpriseId: string,
  reference: string,
): Promise<CaseReference | undefined> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.case_reference')
    .innerJoin('elv.vehicle_case', 'elv.vehicle_case.id', 'elv.case_reference.case_id')
    .select(['elv.case_reference.case_id', 'elv.case_reference.content_digest', 'elv.vehicle_case.case_no'])
    .where('elv.case_reference.enterprise_id', '=', enterpriseId)
    .where('elv.case_reference.reference', '=', reference)
    .executeTakeFirst();
  return row && { caseId: row.case_id, caseNo: row.case_no, digest: row.content_digest };
};

/** Notes under which number a case was opened. */
export const addReference = async (
  tx: Tx,
  one: { readonly enterpriseId: string; readonly reference: string; readonly caseId: string; readonly digest: string },
): Promise<void> => {
  await tx
    .withTables<ElvTables>()
    .insertInto('elv.case_reference')
    .values({
      enterprise_id: one.enterpriseId,
      reference: one.reference,
      case_id: one.caseId,
      content_digest: one.digest,
    })
    .execute();
};

/** The enterprise's own number of a case; null for one opened on the desk. */
export const referenceOf = async (db: Db | Tx, caseId: string): Promise<string | null> => {
  const row = await db
    .withTables<ElvTables>()
    .selectFrom('elv.case_reference')
    .select('reference')
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  return row?.reference ?? null;
};

/** The same to be read with other rows of the case. */
export const referencePart = (db: Db | Tx, caseId: string): Part<Pick<ReferenceTable, 'reference'>> =>
  partOf(
    db.withTables<ElvTables>().selectFrom('elv.case_reference').select('reference').where('case_id', '=', caseId),
    {},
    (row) => row,
  );
