import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { PersonTables } from './person.tables.ts';

/** An organisation people belong to. */
export interface PersonOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
}

/** What PostgreSQL says when a unique key is there already. */
const uniqueViolation = '23505';

/** More organisations than there are enterprises of these trades in the city; a list to choose from ends there. */
const mostOrganisations = 5_000;

const organisationOf = (row: PersonTables['governance.organisation']): PersonOrganisation => ({
  id: row.id,
  name: row.name,
  creditCode: row.credit_code,
  districtCode: row.district_code,
  kind: row.kind,
});

/** All organisations, by name. */
export const listOrganisations = async (db: Db | Tx): Promise<readonly PersonOrganisation[]> => {
  const rows = await db
    .withTables<PersonTables>()
    .selectFrom('governance.organisation')
    .selectAll()
    .orderBy('name')
    .limit(mostOrganisations)
    .execute();
  return rows.map(organisationOf);
};

/** One organisation, as it stands now. */
export const findOrganisation = async (db: Db | Tx, id: string): Promise<PersonOrganisation | undefined> => {
  const row = await db
    .withTables<PersonTables>()
    .selectFrom('governance.organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && organisationOf(row);
};

/** How many accounts each of these organisations has; none where it has none. */
export const countPeople = async (db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .withTables<PersonTables>()
    .selectFrom('governance.user_account')
    .select(({ fn }) => ['organisation_id', fn.countAll<string>().as('count')])
    .where('organisation_id', 'in', [...ids])
    .groupBy('organisation_id')
    .execute();
  return new Map(rows.map(({ organisation_id: id, count }) => [id ?? '', Number(count)]));
};

/** Adds an organisation unless one of this credit code is there; answers whether it was added. */
export const addOrganisation = async (tx: Tx, one: PersonOrganisation): Promise<boolean> =>
  insertIfAbsent(tx, 'governance.organisation', {
    id: one.id,
    name: one.name,
    credit_code: one.creditCode,
    district_code: one.districtCode,
    kind: one.kind,
  });

/** Writes what is known of an organisation; false where another has the credit code, which spoils the transaction. */
export const writeOrganisation = async (tx: Tx, one: PersonOrganisation): Promise<boolean> => {
  try {
    await tx
      .withTables<PersonTables>()
      .updateTable('governance.organisation')
      .set({ name: one.name, credit_code: one.creditCode, district_code: one.districtCode, kind: one.kind })
      .where('id', '=', one.id)
      .execute();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return false;
    throw error;
  }
};

/** Holds an organisation for the length of the transaction: whoever enters its people or changes its administrators comes one after another. */
export const lockOrganisation = async (tx: Tx, id: string): Promise<PersonOrganisation | undefined> => {
  const row = await tx
    .withTables<PersonTables>()
    .selectFrom('governance.organisation')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && organisationOf(row);
};
