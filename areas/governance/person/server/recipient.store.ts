import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { people } from './person.store.ts';

/** A person without the roles held, which stand in the access list. */
export type Serving = Omit<Subject, 'roles'>;

const serving = (db: Db | Tx, at: Date, most: number) =>
  people(db)
    .select([
      'u.id',
      'u.name',
      'u.organisation_id',
      'u.district_code as own_district',
      'o.name as organisation_name',
      'o.credit_code as organisation_code',
      'o.district_code as organisation_district',
    ])
    .where('u.status', '=', 'active')
    .where((eb) => eb.or([eb('u.valid_until', 'is', null), eb('u.valid_until', '>', at)]))
    .orderBy('u.created_at')
    .orderBy('u.id')
    .limit(most);

type Row = Awaited<ReturnType<ReturnType<typeof serving>['execute']>>[number];

const servingOf = (row: Row): Serving => ({
  id: row.id,
  name: row.name,
  organisationId: row.organisation_id,
  organisationName: row.organisation_name,
  organisationCode: row.organisation_code,
  districtCode: row.own_district ?? row.organisation_district,
});

/** The people of an organisation whose accounts serve at that moment. */
export const servingOfOrganisation = async (
  db: Db | Tx,
  organisationId: string,
  at: Date,
  most: number,
): Promise<readonly Serving[]> =>
  (await serving(db, at, most).where('u.organisation_id', '=', organisationId).execute()).map(servingOf);

/** The same of these people. */
export const servingAmong = async (
  db: Db | Tx,
  ids: readonly string[],
  at: Date,
  most: number,
): Promise<readonly Serving[]> =>
  ids.length === 0
    ? []
    : (
        await serving(db, at, most)
          .where('u.id', 'in', [...ids])
          .execute()
      ).map(servingOf);

/** What of these people is needed to reach them and to call them by; sealed as it is kept. */
export const reachAmong = async (
  db: Db | Tx,
  ids: readonly string[],
): Promise<
  readonly {
    readonly id: string;
    readonly name: string;
    readonly organisationName: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  }[]
> =>
  ids.length === 0
    ? []
    : people(db)
        .select(['u.id', 'u.name', 'o.name as organisationName', 'u.phone_sealed as phone', 'u.email_sealed as email'])
        .where('u.id', 'in', [...ids])
        .execute();
