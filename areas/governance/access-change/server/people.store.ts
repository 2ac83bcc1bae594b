import type { Subject } from '#kernel/access/access.ts';
import type { Db } from '#kernel/db/database.ts';
import type { FoundPerson } from './access-desk.ts';

type Tables = {
  'governance.user_account': {
    id: string;
    user_name: string;
    name: string;
    organisation_id: string | null;
    district_code: string | null;
  };
  'governance.organisation': { id: string; name: string; credit_code: string; district_code: string };
};

const most = 50;

const people = (db: Db) =>
  db
    .withTables<Tables>()
    .selectFrom('governance.user_account as u')
    .leftJoin('governance.organisation as o', 'o.id', 'u.organisation_id');

/** People whose name or user name begins so, at most fifty; or those of the given ids. */
export const findPeople = async (
  db: Db,
  wish: { readonly q: string } | { readonly ids: readonly string[] },
): Promise<readonly FoundPerson[]> => {
  if ('ids' in wish && wish.ids.length === 0) return [];
  const base = people(db).select(['u.id', 'u.name', 'u.user_name', 'o.name as organisation_name']);
  const begins = 'q' in wish ? `${wish.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : '';
  const rows = await base
    .where((eb) =>
      'ids' in wish
        ? eb('u.id', 'in', [...wish.ids])
        : eb.or([eb('u.name', 'like', begins), eb('u.user_name', 'like', begins)]),
    )
    .orderBy('u.user_name')
    .limit('ids' in wish ? 500 : most)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    userName: row.user_name,
    organisationName: row.organisation_name,
  }));
};

/** A person as permissions see them; the roles come from the access list. */
export const findPerson = async (db: Db, id: string): Promise<Omit<Subject, 'roles'> | undefined> => {
  const row = await people(db)
    .select([
      'u.id',
      'u.name',
      'o.id as organisation_id',
      'o.name as organisation_name',
      'o.credit_code',
      'o.district_code',
      'u.district_code as own_district',
    ])
    .where('u.id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      organisationName: row.organisation_name,
      organisationCode: row.credit_code,
      // As sessions do: a person works for their own district first.
      districtCode: row.own_district ?? row.district_code,
    }
  );
};
