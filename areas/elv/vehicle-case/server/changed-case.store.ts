import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { insertIfAbsent, skipLocked } from '#kernel/db/dialect/postgres.ts';
import { caseColumns } from './case-access.ts';
import type { CaseTable, ElvTables } from './vehicle-case.tables.ts';

/** A case whose state has changed, with the number of its newest change. */
export type ChangedCase = Pick<CaseTable, 'id' | 'case_no' | 'state' | 'state_since'> & {
  readonly change_no: number;
  readonly reference: string | null;
};

/** Whose changes are asked for, behind which number, and how many at most. */
export interface ChangesAsked {
  readonly enterpriseId: string;
  readonly rows: Predicate;
  readonly after: number;
  readonly limit: number;
}

const ofEnterprise = (db: Db, enterpriseId: string) =>
  db.withTables<ElvTables>().selectFrom('elv.vehicle_case').where('enterprise_id', '=', enterpriseId);

/** The columns access control asks for, where two tables are read together. */
const placed = Object.fromEntries(
  Object.entries(caseColumns).map(([name, column]) => [name, `elv.vehicle_case.${column}`]),
);

const numbered = async (db: Db, { enterpriseId, rows, after, limit }: ChangesAsked): Promise<readonly ChangedCase[]> =>
  db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .leftJoin('elv.case_reference', 'elv.case_reference.case_id', 'elv.vehicle_case.id')
    .select([
      'elv.vehicle_case.id',
      'elv.vehicle_case.case_no',
      'elv.vehicle_case.state',
      'elv.vehicle_case.state_since',
      'elv.vehicle_case.change_no',
      'elv.case_reference.reference',
    ])
    .where('elv.vehicle_case.enterprise_id', '=', enterpriseId)
    .where('elv.vehicle_case.change_no', '>', after)
    .where((eb) => whereRows(eb, rows, placed))
    .orderBy('elv.vehicle_case.change_no')
    .limit(limit)
    .$narrowType<{ change_no: number }>()
    .execute();

const unnumbered = (db: Db, enterpriseId: string) =>
  ofEnterprise(db, enterpriseId).select('id').where('change_no', 'is', null).orderBy('state_since').orderBy('id');

/**
 * Gives numbers to changes that have none yet, the eldest first. Only what is committed is seen, and the counter is held until the numbers are: so a number that is read has none below it still
 * to come, however long the step took that it is of. A case in somebody's hands is passed over; it gets its number next time.
 */
const giveNumbers = (db: Db, enterpriseId: string, most: number): Promise<void> =>
  inTransaction(db, async (tx) => {
    const counters = tx.withTables<ElvTables>();
    await insertIfAbsent(tx, 'elv.change_counter', { enterprise_id: enterpriseId, last: 0 });
    const { last } = await counters
      .selectFrom('elv.change_counter')
      .select('last')
      .where('enterprise_id', '=', enterpriseId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const changed = await unnumbered(tx, enterpriseId).limit(most).modifyEnd(skipLocked).execute();
    if (changed.length === 0) return;
    const given = sql.join(changed.map(({ id }, at) => sql`(${id}, cast(${last + 1 + at} as integer))`));
    await sql`update elv.vehicle_case as c set change_no = given.no from (values ${given}) as given (id, no) where c.id = given.id`.execute(
      tx,
    );
    await counters
      .updateTable('elv.change_counter')
      .set({ last: last + changed.length })
      .where('enterprise_id', '=', enterpriseId)
      .execute();
  });

/** The cases within the asker's rows whose state changed behind a number, in the order in which their changes were over. */
export const listChanged = async (db: Db, asked: ChangesAsked): Promise<readonly ChangedCase[]> => {
  const { enterpriseId, limit } = asked;
  if (await unnumbered(db, enterpriseId).limit(1).executeTakeFirst()) await giveNumbers(db, enterpriseId, limit);
  return numbered(db, asked);
};

/** The number behind which everything stands that changed after a moment, and at that moment the cases behind an id: places were told so before changes had numbers. */
export const numberAt = async (db: Db, enterpriseId: string, since: Date, id: string): Promise<number> => {
  const { next } = await ofEnterprise(db, enterpriseId)
    .select(({ fn }) => fn.min('change_no').as('next'))
    .where('state_since', '>=', since)
    .where((eb) => eb.or([eb('state_since', '>', since), eb('id', '>', id)]))
    .executeTakeFirstOrThrow();
  if (next !== null) return next - 1;
  const counter = await db
    .withTables<ElvTables>()
    .selectFrom('elv.change_counter')
    .select('last')
    .where('enterprise_id', '=', enterpriseId)
    .executeTakeFirst();
  return counter?.last ?? 0;
};
