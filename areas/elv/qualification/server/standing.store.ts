import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { QualificationTables, StandingTable } from './qualification.tables.ts';

/** Writes how an organisation stands, in the caller's transaction. Errors: throws where the certificate number is another's. */
export const saveStanding = async (tx: Tx, row: StandingTable): Promise<void> => {
  const { organisation_id: organisationId, ...rest } = row;
  const { numUpdatedRows } = await tx
    .withTables<QualificationTables>()
    .updateTable('elv_qualification.standing')
    .set(rest)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await tx.withTables<QualificationTables>().insertInto('elv_qualification.standing').values(row).execute();
};

/**
 * How an organisation stands; undefined where nothing is known of it. Until the caller's transaction ends nobody changes it: who takes a
 * qualification away waits for whoever is just accepting a vehicle, and is seen by everybody after.
 */
export const holdStanding = (tx: Tx, organisationId: string): Promise<StandingTable | undefined> =>
  tx
    .withTables<QualificationTables>()
    .selectFrom('elv_qualification.standing')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .forShare()
    .executeTakeFirst();

/** How these organisations stand; those nothing is known of are left out. */
export const listStandings = async (db: Db | Tx, organisationIds: readonly string[]): Promise<StandingTable[]> =>
  organisationIds.length === 0
    ? []
    : db
        .withTables<QualificationTables>()
        .selectFrom('elv_qualification.standing')
        .selectAll()
        .where('organisation_id', 'in', [...organisationIds])
        .execute();

/** Of these entries those whose enterprise must stop on a day (`yyyy-MM-dd`). */
export const suspendedAmong = async (
  db: Db,
  entryIds: readonly string[],
  today: string,
): Promise<readonly string[]> => {
  if (entryIds.length === 0) return [];
  const rows = await db
    .withTables<QualificationTables>()
    .selectFrom('elv_qualification.standing')
    .select('entry_id')
    .where('entry_id', 'in', [...entryIds])
    .where('status', '=', 'qualified')
    .where('suspended_until', '>=', today)
    .execute();
  return rows.map(({ entry_id: id }) => id);
};

/** The next number of a year, from 1. Two decisions at once wait for each other, so that there is no gap. */
export const nextInYear = async (tx: Tx, year: string): Promise<number> => {
  await insertIfAbsent(tx, 'elv_qualification.certificate_counter', { year, last: 0 });
  const row = await tx
    .withTables<QualificationTables>()
    .updateTable('elv_qualification.certificate_counter')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('year', '=', year)
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
};
