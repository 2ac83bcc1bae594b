import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { AccountTables } from './account.tables.ts';

/** A person as an account tells them; which roles they hold stands in the access list. */
export type Person = Omit<Subject, 'roles'>;

/** An organisation that people belong to. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
  readonly districtCode: string;
  readonly kind: string;
}

/** A person to be given an account. */
export interface NewAccount {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly passwordHash: string;
  /** The password was set by somebody else: the person must choose another one at the first sign-in. */
  readonly mustChange?: boolean;
  /** One administrator alone has set it. */
  readonly setAlone?: boolean;
  readonly at: Date;
}

/** The person behind an account id. Errors: throws when there is none. */
export const getPerson = async (db: Db | Tx, id: string): Promise<{ person: Person; userName: string }> => {
  const tables = db.withTables<AccountTables>();
  const row = await tables
    .selectFrom('governance.user_account as u')
    .leftJoin('governance.organisation as o', 'o.id', 'u.organisation_id')
    .select([
      'u.id',
      'u.name',
      'u.user_name',
      'u.organisation_id',
      'u.district_code as own_district',
      'o.name as organisation_name',
      'o.credit_code as organisation_code',
      'o.district_code as organisation_district',
    ])
    .where('u.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    userName: row.user_name,
    person: {
      id: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      organisationName: row.organisation_name,
      organisationCode: row.organisation_code,
      districtCode: row.own_district ?? row.organisation_district,
    },
  };
};

/** Adds an organisation unless it is there. */
export const ensureOrganisation = async (db: Db | Tx, one: Organisation): Promise<void> => {
  await insertIfAbsent(db, 'governance.organisation', {
    id: one.id,
    name: one.name,
    credit_code: one.creditCode,
    district_code: one.districtCode,
    kind: one.kind,
  });
};

/** Adds a person unless the user name is taken; answers whether one was added. */
export const ensureAccount = async (db: Db | Tx, one: NewAccount): Promise<boolean> =>
  insertIfAbsent(db, 'governance.user_account', {
    id: one.id,
    user_name: one.userName,
    name: one.name,
    organisation_id: one.organisationId,
    password_hash: one.passwordHash,
    failures: 0,
    locked_until: null,
    created_at: one.at,
    password_changed_at: one.at,
    must_change: one.mustChange ?? false,
    set_alone: one.setAlone ?? false,
  });
