import { type ExpressionBuilder, sql } from 'kysely';
import type { AccessRow, Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { SealedField } from '../model/person.fields.ts';
import type { PersonTables } from './person.tables.ts';
import { accessRowOf, personColumns } from './person-access.ts';

/** A person as stored. */
export interface StoredPerson {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly organisationKind: string | null;
  readonly post: string | null;
  readonly districtCode: string | null;
  readonly sealed: Readonly<Record<SealedField, string | null>>;
  readonly openedBy: string | null;
  readonly status: string;
  /** Shut by somebody of the platform: its enterprise does not open it again. */
  readonly disabledByPlatform: boolean;
  readonly validUntil: Date | null;
  /** Set by somebody of the platform: its enterprise sets no later end. */
  readonly validityLimit: Date | null;
  readonly lockedUntil: Date | null;
  readonly mustChange: boolean;
  readonly passwordChangedAt: Date;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly version: number;
}

/** Columns of a person that may be changed here. */
export type PersonDetails = Partial<
  Pick<
    PersonTables['governance.user_account'],
    | 'name'
    | 'post'
    | 'district_code'
    | 'identity_sealed'
    | 'identity_no_index'
    | 'phone_sealed'
    | 'phone_index'
    | 'email_sealed'
    | 'opened_by'
    | 'disabled_by_platform'
    | 'validity_limit'
  >
>;

/** The last time a person came in; sessions are kept until the next time. */
const lastSignIn = sql<Date | null>`(select max(s.created_at) from governance.session s where s.user_id = u.id and s.stage = 'full')`;

/** People with their organisations. */
export const people = (db: Db | Tx) =>
  db
    .withTables<PersonTables>()
    .selectFrom('governance.user_account as u')
    .leftJoin('governance.organisation as o', 'o.id', 'u.organisation_id');

/** What is read of a person. */
export const selectPerson = (query: ReturnType<typeof people>) =>
  query.select([
    'u.id',
    'u.user_name',
    'u.name',
    'u.organisation_id',
    'o.name as organisation_name',
    'o.kind as organisation_kind',
    'u.post',
    'u.district_code',
    'u.identity_sealed',
    'u.phone_sealed',
    'u.email_sealed',
    'u.opened_by',
    'u.status',
    'u.disabled_by_platform',
    'u.valid_until',
    'u.validity_limit',
    'u.locked_until',
    'u.must_change',
    'u.password_changed_at',
    'u.created_at',
    'u.person_version',
    lastSignIn.as('last_sign_in_at'),
  ]);

type Row = Awaited<ReturnType<ReturnType<typeof selectPerson>['executeTakeFirstOrThrow']>>;

/** A person of a row that was read. */
export const personOf = (row: Row): StoredPerson => ({
  id: row.id,
  userName: row.user_name,
  name: row.name,
  organisationId: row.organisation_id,
  organisationName: row.organisation_name,
  organisationKind: row.organisation_kind,
  post: row.post,
  districtCode: row.district_code,
  sealed: { identityNo: row.identity_sealed, phone: row.phone_sealed, email: row.email_sealed },
  openedBy: row.opened_by,
  status: row.status,
  disabledByPlatform: row.disabled_by_platform,
  validUntil: row.valid_until,
  validityLimit: row.validity_limit,
  lockedUntil: row.locked_until,
  mustChange: row.must_change,
  passwordChangedAt: row.password_changed_at,
  createdAt: row.created_at,
  lastSignInAt: row.last_sign_in_at,
  version: row.person_version,
});

// biome-ignore lint/suspicious/noExplicitAny: any query over people will do
const within = (rows: Predicate) => (eb: ExpressionBuilder<any, any>) => whereRows(eb, rows, personColumns);

/** A person within the rows; undefined for everybody else, whether or not they exist. */
export const findPerson = async (db: Db | Tx, rows: Predicate, id: string): Promise<StoredPerson | undefined> => {
  const row = await selectPerson(people(db)).where('u.id', '=', id).where(within(rows)).executeTakeFirst();
  return row && personOf(row);
};

/** The same, with the account locked for the length of the transaction. */
export const lockPerson = async (tx: Tx, rows: Predicate, id: string): Promise<StoredPerson | undefined> => {
  await tx
    .withTables<PersonTables>()
    .selectFrom('governance.user_account as u')
    .select('u.id')
    .where('u.id', '=', id)
    .where(within(rows))
    .forUpdate()
    .execute();
  return findPerson(tx, rows, id);
};

/** Writes details; `version` grows by one where the record itself has changed. */
export const writeDetails = async (tx: Tx, id: string, details: PersonDetails, grows: boolean): Promise<void> => {
  await tx
    .withTables<PersonTables>()
    .updateTable('governance.user_account')
    .set(details)
    .$if(grows, (query) => query.set((eb) => ({ person_version: eb('person_version', '+', 1) })))
    .where('id', '=', id)
    .execute();
};

/** How many complete sessions of a person have not been ended. */
export const countOpenSessions = async (db: Db | Tx, id: string): Promise<number> => {
  const row = await db
    .withTables<PersonTables>()
    .selectFrom('governance.session')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', id)
    .where('stage', '=', 'full')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

/** Who of an organisation has an identity number of this index already; of people without organisation for null. */
export const findSameIdentity = async (
  db: Db | Tx,
  organisationId: string | null,
  indexes: readonly string[],
): Promise<readonly { readonly id: string; readonly userName: string; readonly index: string }[]> => {
  if (indexes.length === 0) return [];
  const rows = await db
    .withTables<PersonTables>()
    .selectFrom('governance.user_account')
    .select(['id', 'user_name', 'identity_no_index'])
    .where('identity_no_index', 'in', [...indexes])
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .execute();
  return rows.map((row) => ({ id: row.id, userName: row.user_name, index: row.identity_no_index ?? '' }));
};

/** Which of these user names are taken, and by whom. */
export const takenNames = async (db: Db | Tx, userNames: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (userNames.length === 0) return new Map();
  const rows = await db
    .withTables<PersonTables>()
    .selectFrom('governance.user_account')
    .select(['id', 'user_name'])
    .where('user_name', 'in', [...userNames])
    .execute();
  return new Map(rows.map(({ id, user_name: userName }) => [userName, id]));
};

/** Of these people, those within the rows. */
export const withinRows = async (
  db: Db | Tx,
  rows: Predicate,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const found = await people(db)
    .select('u.id')
    .where('u.id', 'in', [...ids])
    .where(within(rows))
    .execute();
  return new Set(found.map(({ id }) => id));
};

/** How many of these people, all of one organisation or, for null, of any, have an account that is open and serves beyond an instant. */
export const countUsable = async (
  db: Db | Tx,
  ids: readonly string[],
  organisationId: string | null,
  at: Date,
): Promise<number> => {
  if (ids.length === 0) return 0;
  const row = await db
    .withTables<PersonTables>()
    .selectFrom('governance.user_account')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('id', 'in', [...ids])
    .$if(organisationId !== null, (query) => query.where('organisation_id', '=', organisationId))
    .where('status', '=', 'active')
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', at)]))
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

/** A person by user name, as access control sees them; for asking why somebody may, or may not, do something with them. */
export const findPersonTarget = async (
  db: Db,
  userName: string,
): Promise<{ readonly row: AccessRow; readonly title: string } | undefined> => {
  const row = await selectPerson(people(db)).where('u.user_name', '=', userName).executeTakeFirst();
  if (!row) return undefined;
  const person = personOf(row);
  return { row: accessRowOf(person), title: `${person.name}（${person.userName}）` };
};
