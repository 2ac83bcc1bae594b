import { sql } from 'kysely';
import type { Db } from '#kernel/db/database.ts';

type Tables = {
  'governance.user_account': {
    id: string;
    organisation_id: string | null;
    identity_sealed: string | null;
    identity_index: string | null;
    set_alone: boolean;
  };
};

/** The identity number kept of a person, sealed, and how the government's sign-on finds them. */
export interface StoredIdentity {
  readonly id: string;
  readonly identitySealed: string | null;
  readonly signOn: 'bound' | 'number' | 'none';
  readonly organisationId: string | null;
  /** One administrator alone has set how the person signs in. */
  readonly setAlone: boolean;
}

/** The identities of people by their ids, as many as a page of applications is about. */
export const identitiesOf = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredIdentity>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .withTables<Tables>()
    .selectFrom('governance.user_account as u')
    .select([
      'u.id',
      'u.organisation_id',
      'u.identity_sealed',
      'u.identity_index',
      'u.set_alone',
      sql<boolean>`exists (select 1 from governance.sign_on_binding b where b.user_id = u.id)`.as('bound'),
    ])
    .where('u.id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        organisationId: row.organisation_id,
        identitySealed: row.identity_sealed,
        signOn: row.bound ? 'bound' : row.identity_index === null ? 'none' : 'number',
        setAlone: row.set_alone,
      },
    ]),
  );
};
