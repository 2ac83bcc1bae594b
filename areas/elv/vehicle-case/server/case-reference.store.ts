import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Part, partOf } from '#kernel/db/parts.ts';
import { caseColumns } from './case-access.ts';
import type { CaseTable, ElvTables, ReferenceTable } from './vehicle-case.tables.ts';

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

/** Where a list of changed cases goes on: after this moment, and within it after this case. */
export interface ChangePlace {
  readonly since: Date;
  readonly id: string;
}

/** A case whose state has changed. */
export type ChangedCase = Pick<CaseTable, 'id' | 'case_no' | 'state' | 'state_since'> & {
  readonly reference: string | null;
};

/** The cases within the asker's rows whose state changed after a place and until a moment, in the order they did. */
export const listChanged = (
  db: Db,
  asked: {
    readonly enterpriseId: string;
    readonly rows: Predicate;
    readonly after: ChangePlace | undefined;
    readonly until: Date;
    readonly limit: number;
  },
): Promise<readonly ChangedCase[]> => {
  const { after } = asked;
  return db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .leftJoin('elv.case_reference', 'elv.case_reference.case_id', 'elv.vehicle_case.id')
    .select([
      'elv.vehicle_case.id',
      'elv.vehicle_case.case_no',
      'elv.vehicle_case.state',
      'elv.vehicle_case.state_since',
      'elv.case_reference.reference',
    ])
    .where('elv.vehicle_case.enterprise_id', '=', asked.enterpriseId)
    .where('elv.vehicle_case.state_since', '<=', asked.until)
    .where((eb) => whereRows(eb, asked.rows, placed))
    .$if(after !== undefined, (query) =>
      query.where((eb) => {
        const { since, id } = after ?? { since: asked.until, id: '' };
        return eb.and([
          eb('elv.vehicle_case.state_since', '>=', since),
          eb.or([eb('elv.vehicle_case.state_since', '>', since), eb('elv.vehicle_case.id', '>', id)]),
        ]);
      }),
    )
    .orderBy('elv.vehicle_case.state_since')
    .orderBy('elv.vehicle_case.id')
    .limit(asked.limit)
    .execute();
};

/** The columns access control asks for, where two tables are read together. */
const placed = Object.fromEntries(
  Object.entries(caseColumns).map(([name, column]) => [name, `elv.vehicle_case.${column}`]),
);
