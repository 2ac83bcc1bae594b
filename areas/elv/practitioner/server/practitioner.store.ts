import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent, insertRowsIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { PostTable, PractitionerTable, PractitionerTables } from './practitioner.tables.ts';
import { practitionerColumns } from './practitioner-access.ts';

/** A person at one enterprise with the sealed number of whom it is. */
export type FoundPractitioner = PractitionerTable & { readonly number_sealed: string };

const within = (db: Db | Tx, id: string, rows: Predicate) =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner')
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, practitionerColumns));

const withNumber = async (db: Db | Tx, row: PractitionerTable | undefined): Promise<FoundPractitioner | undefined> => {
  if (!row) return undefined;
  const { number_sealed } = await db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_identity')
    .select('number_sealed')
    .where('id', '=', row.person_id)
    .executeTakeFirstOrThrow();
  return { ...row, number_sealed };
};

/** The person of that id within the rows the asker may see; undefined otherwise. */
export const findPractitioner = async (
  db: Db | Tx,
  id: string,
  rows: Predicate,
): Promise<FoundPractitioner | undefined> => withNumber(db, await within(db, id, rows).selectAll().executeTakeFirst());

/** The same under lock, for changes. */
export const lockPractitioner = async (tx: Tx, id: string, rows: Predicate): Promise<FoundPractitioner | undefined> =>
  withNumber(tx, await within(tx, id, rows).selectAll().forUpdate().executeTakeFirst());

/** Whom numbers belong to, by their blind index. Few hundred at once. */
export const findIdentities = async (db: Db | Tx, indexes: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (indexes.length === 0) return new Map();
  const rows = await db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_identity')
    .select(['id', 'number_index'])
    .where('number_index', 'in', [...indexes])
    .execute();
  return new Map(rows.map(({ id, number_index }) => [number_index, id]));
};

/** Keeps who they are, unless they are known already: the unique index of the number decides. */
export const addIdentities = (
  tx: Tx,
  rows: readonly { readonly id: string; readonly number_index: string; readonly number_sealed: string }[],
): Promise<void> => insertRowsIfAbsent(tx, 'elv.practitioner_identity', rows);

/** Which of these people are at work at the enterprise now. */
export const workingAmong = async (
  db: Db | Tx,
  organisationId: string,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner')
    .select('person_id')
    .where('organisation_id', '=', organisationId)
    .where('working_person_id', 'in', [...personIds])
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
};

/** Adds a person to an enterprise; false where the same person is at work there already. */
export const addPractitioner = (tx: Tx, row: PractitionerTable): Promise<boolean> =>
  insertIfAbsent(tx, 'elv.practitioner', { ...row });

/** Adds many who are known not to be there; answers how many were. */
export const addPractitioners = async (tx: Tx, rows: readonly PractitionerTable[]): Promise<number> => {
  await insertRowsIfAbsent(
    tx,
    'elv.practitioner',
    rows.map((row) => ({ ...row })),
  );
  let kept = 0;
  for (let from = 0; from < rows.length; from += 500) {
    const { count } = await tx
      .withTables<PractitionerTables>()
      .selectFrom('elv.practitioner')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where(
        'id',
        'in',
        rows.slice(from, from + 500).map(({ id }) => id),
      )
      .executeTakeFirstOrThrow();
    kept += Number(count);
  }
  return kept;
};

/** Writes what changed of a person, and makes the version grow. */
export const changePractitioner = async (
  tx: Tx,
  id: string,
  change: Partial<
    Pick<
      PractitionerTable,
      | 'person_id'
      | 'working_person_id'
      | 'person_sealed'
      | 'name_index'
      | 'post'
      | 'since'
      | 'left_on'
      | 'left_noted_at'
    >
  > = {},
): Promise<void> => {
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

/** The posts of a person, the newest first; of one person there are few. */
export const listPosts = (db: Db | Tx, practitionerId: string): Promise<PostTable[]> =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_post')
    .selectAll()
    .where('practitioner_id', '=', practitionerId)
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();

/** Adds posts. */
export const addPosts = (tx: Tx, rows: readonly PostTable[]): Promise<void> =>
  insertRowsIfAbsent(
    tx,
    'elv.practitioner_post',
    rows.map((row) => ({ ...row })),
  );

/** Writes when the post began, or until which day it was held. */
export const changePostRow = async (
  tx: Tx,
  id: string,
  change: Partial<Pick<PostTable, 'from_on' | 'until_on' | 'until_noted_at'>>,
): Promise<void> => {
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_post')
    .set(change)
    .where('id', '=', id)
    .execute();
};

/** The other enterprises where the same person is at work now, within the rows the asker may see. */
export const workingElsewhere = (
  db: Db | Tx,
  { id, person_id }: Pick<PractitionerTable, 'id' | 'person_id'>,
  rows: Predicate,
): Promise<Pick<PractitionerTable, 'id' | 'organisation_name' | 'since'>[]> =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner')
    .select(['id', 'organisation_name', 'since'])
    .where('person_id', '=', person_id)
    .where('id', '!=', id)
    .where('working_person_id', 'is not', null)
    .where((eb) => whereRows(eb, rows, practitionerColumns))
    .orderBy('since')
    .limit(20)
    .execute();

/** Whether something already rests upon whose number it is: an archive of a year, or a record of conduct here. */
export const restsOnNumber = async (
  tx: Tx,
  { id, person_id }: Pick<PractitionerTable, 'id' | 'person_id'>,
): Promise<boolean> => {
  const { rows } = await sql<{ there: boolean }>`select
    exists (select 1 from elv.practitioner_archive where person_id = ${person_id})
    or exists (select 1 from elv.practitioner_conduct where practitioner_id = ${id}) as there`.execute(tx);
  return rows[0]?.there === true;
};

/** The enterprises of the people the asker may see, by name. */
export const listEnterprises = (db: Db, rows: Predicate): Promise<{ id: string; name: string }[]> =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner')
    .select(['organisation_id as id', 'organisation_name as name'])
    .distinct()
    .where((eb) => whereRows(eb, rows, practitionerColumns))
    .orderBy('name')
    .limit(500)
    .execute();
