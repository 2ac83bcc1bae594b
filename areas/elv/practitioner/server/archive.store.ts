import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent, insertRowsIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type {
  ArchiveTable,
  CertificateTable,
  ConductTable,
  PostTable,
  PractitionerTable,
  PractitionerTables,
  TrainingTable,
} from './practitioner.tables.ts';

const tables = (db: Db | Tx) => db.withTables<PractitionerTables>();

/** A year with its ends: first and last day, and the instants it begins and ends at. */
export interface YearSpan {
  readonly year: number;
  readonly first: string;
  readonly last: string;
  readonly begins: Date;
  readonly ends: Date;
}

/** When the first person at work was entered; null without any. */
export const firstEntered = async (db: Db): Promise<Date | null> => {
  const row = await tables(db)
    .selectFrom('elv.practitioner')
    .select('entered_at')
    .orderBy('entered_at')
    .limit(1)
    .executeTakeFirst();
  return row?.entered_at ?? null;
};

/** The years whose archives are all written. */
export const yearsDone = async (db: Db): Promise<ReadonlySet<number>> => {
  const rows = await tables(db)
    .selectFrom('elv.practitioner_archive_year')
    .select('year')
    .where('done_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ year }) => year));
};

/** Takes a year in hand for this transaction: whoever else is at it waits. Answers whether anything is left to write. */
export const lockYear = async (tx: Tx, year: number): Promise<boolean> => {
  await insertIfAbsent(tx, 'elv.practitioner_archive_year', { year, done_at: null, people: 0 });
  const row = await tables(tx)
    .selectFrom('elv.practitioner_archive_year')
    .select('done_at')
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.done_at === null;
};

/** Notes how many archives of a year were written just now, and when it was the last. */
export const noteWritten = async (tx: Tx, year: number, people: number, doneAt: Date | null): Promise<void> => {
  await tables(tx)
    .updateTable('elv.practitioner_archive_year')
    .set((eb) => ({ people: eb('people', '+', people), done_at: doneAt }))
    .where('year', '=', year)
    .execute();
};

/**
 * People whose archive of the year is missing, in the order of their ids: whoever was at work in it, as far as that was entered when it ended.
 * What was told only later belongs to no archive of that year, so a late run writes what one in time would have.
 */
export const peopleWithout = async (tx: Tx, span: YearSpan, most: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from elv.practitioner p
    where p.entered_at <= ${span.ends} and p.since <= ${span.last}
      and (p.left_on is null or p.left_on >= ${span.first} or p.left_noted_at > ${span.ends})
      and not exists (select 1 from elv.practitioner_archive a where a.person_id = p.person_id and a.year = ${span.year})
    group by p.person_id order by p.person_id limit ${most}`.execute(tx);
  return rows.map(({ person_id }) => person_id);
};

/** What archives of some people are made from. */
export interface ArchiveMatter {
  readonly people: readonly PractitionerTable[];
  readonly posts: readonly PostTable[];
  readonly certificates: readonly CertificateTable[];
  readonly trainings: readonly TrainingTable[];
  readonly conducts: readonly Pick<ConductTable, 'id' | 'practitioner_id' | 'record'>[];
}

const peopleIn = (tx: Tx, personIds: readonly string[], { first, last, ends }: YearSpan) =>
  tables(tx)
    .selectFrom('elv.practitioner')
    .selectAll()
    .where('person_id', 'in', [...personIds])
    .where('entered_at', '<=', ends)
    .where('since', '<=', last)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>=', first), eb('left_noted_at', '>', ends)]))
    .orderBy('since')
    .orderBy('id')
    .execute();

const postsIn = (tx: Tx, ids: readonly string[], { last, ends }: YearSpan) =>
  tables(tx)
    .selectFrom('elv.practitioner_post')
    .selectAll()
    .where('practitioner_id', 'in', [...ids])
    .where('entered_at', '<=', ends)
    .where('from_on', '<=', last)
    .orderBy('from_on')
    .orderBy('id')
    .execute();

const certificatesIn = (tx: Tx, ids: readonly string[], { last, ends }: YearSpan) =>
  tables(tx)
    .selectFrom('elv.practitioner_certificate')
    .selectAll()
    .where('practitioner_id', 'in', [...ids])
    .where('entered_at', '<=', ends)
    .where((eb) => eb.or([eb('removed_at', 'is', null), eb('removed_at', '>', ends)]))
    .where('issued_on', '<=', last)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', last)]))
    .orderBy('id')
    .execute();

const trainingsIn = (tx: Tx, ids: readonly string[], { first, last, ends }: YearSpan) =>
  tables(tx)
    .selectFrom('elv.practitioner_training')
    .selectAll()
    .where('practitioner_id', 'in', [...ids])
    .where('entered_at', '<=', ends)
    .where((eb) => eb.or([eb('removed_at', 'is', null), eb('removed_at', '>', ends)]))
    .where('held_on', '>=', first)
    .where('held_on', '<=', last)
    .orderBy('id')
    .execute();

const conductsIn = (tx: Tx, ids: readonly string[], { begins, ends }: YearSpan) =>
  tables(tx)
    .selectFrom('elv.practitioner_conduct')
    .select(['id', 'practitioner_id', 'record'])
    .where('practitioner_id', 'in', [...ids])
    .where('recorded_at', '>=', begins)
    .where('recorded_at', '<=', ends)
    .orderBy('id')
    .execute();

/** Reads what had been entered of these people when the year ended; five statements however many they are. */
export const matterOf = async (tx: Tx, personIds: readonly string[], span: YearSpan): Promise<ArchiveMatter> => {
  const people = await peopleIn(tx, personIds, span);
  const ids = people.map(({ id }) => id);
  const [posts, certificates, trainings, conducts] = await Promise.all([
    postsIn(tx, ids, span),
    certificatesIn(tx, ids, span),
    trainingsIn(tx, ids, span),
    conductsIn(tx, ids, span),
  ]);
  return { people, posts, certificates, trainings, conducts };
};

/** Keeps archives; one that is there stays as it is. */
export const addArchives = (tx: Tx, rows: readonly ArchiveTable[]): Promise<void> =>
  insertRowsIfAbsent(
    tx,
    'elv.practitioner_archive',
    rows.map((row) => ({ ...row })),
  );

/** The archives of a person, the newest year first. */
export const listArchives = (db: Db | Tx, personId: string): Promise<ArchiveTable[]> =>
  tables(db)
    .selectFrom('elv.practitioner_archive')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('year', 'desc')
    .limit(50)
    .execute();
