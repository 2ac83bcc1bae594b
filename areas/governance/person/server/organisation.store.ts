import type { Db, Tx } from '#kernel/db/database.ts';
import type { PersonTables } from './person.tables.ts';

/** An organisation people belong to. */
export interface PersonOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
}

/** More organisations than there are enterprises of these trades in the city; a list to choose from ends there. */
const mostOrganisations = 5_000;

/** All organisations, by name. */
export const listOrganisations = async (db: Db | Tx): Promise<readonly PersonOrganisation[]> => {
  const rows = await db
    .withTables<PersonTables>()
    .selectFrom('governance.organisation')
    .selectAll()
    .orderBy('name')
    .limit(mostOrganisations)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    creditCode: row.credit_code,
    districtCode: row.district_code,
    kind: row.kind,
  }));
};

/** Holds an organisation for the length of the transaction: whoever changes its administrators comes one after another. */
export const lockOrganisation = async (tx: Tx, id: string): Promise<void> => {
  await tx
    .withTables<PersonTables>()
    .selectFrom('governance.organisation')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .execute();
};
