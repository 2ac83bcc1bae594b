import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { standingStates } from '../model/conduct.lifecycle.ts';
import type { PractitionerFilter } from '../model/practitioner.contract.ts';
import type { PractitionerTable, PractitionerTables } from './practitioner.tables.ts';
import { practitionerColumns } from './practitioner-access.ts';
import type { Days } from './practitioner-desk.ts';

type Builder = ExpressionBuilder<PractitionerTables, 'elv.practitioner'>;

/** The rows a list speaks of, and what its text may stand under. */
export interface ListScope {
  readonly rows: Predicate;
  readonly days: Days;
  readonly nameIndexes: readonly string[];
  readonly numberIndexes: readonly string[];
}

const holdsCertificate = (eb: Builder, which: 'lapsing' | 'lapsed', { today, warnUntil }: Days) =>
  eb(
    'id',
    'in',
    eb
      .selectFrom('elv.practitioner_certificate')
      .select('practitioner_id')
      .where('latest', '=', true)
      .where('removed_at', 'is', null)
      .where('valid_until', which === 'lapsed' ? '<' : '>=', today)
      .$if(which === 'lapsing', (query) => query.where('valid_until', '<=', warnUntil)),
  );

const hasConduct = (eb: Builder, which: 'good' | 'bad' | 'disputed', { usedSince }: Days) =>
  eb(
    'id',
    'in',
    eb
      .selectFrom('elv.practitioner_conduct')
      .select('practitioner_id')
      .where('occurred_on', '>=', usedSince)
      .where('state', 'in', which === 'disputed' ? ['objected'] : [...standingStates])
      .$if(which !== 'disputed', (query) => query.where('nature', '=', which)),
  );

const isNamed = (eb: Builder, { nameIndexes, numberIndexes }: ListScope) =>
  eb.or([
    eb('name_index', 'in', [...nameIndexes]),
    eb(
      'person_id',
      'in',
      eb
        .selectFrom('elv.practitioner_identity')
        .select('elv.practitioner_identity.id')
        .where('number_index', 'in', [...numberIndexes]),
    ),
  ]);

type Conditions = Omit<PractitionerFilter, 'sort' | 'page' | 'size'>;

const condition = (eb: Builder, filter: Conditions, scope: ListScope) =>
  eb.and([
    whereRows(eb, scope.rows, practitionerColumns),
    ...(filter.q ? [isNamed(eb, scope)] : []),
    ...(filter.enterpriseId === undefined ? [] : [eb('organisation_id', '=', filter.enterpriseId)]),
    ...(filter.post === undefined ? [] : [eb('post', '=', filter.post)]),
    ...(filter.certificate === undefined ? [] : [holdsCertificate(eb, filter.certificate, scope.days)]),
    ...(filter.conduct === undefined ? [] : [hasConduct(eb, filter.conduct, scope.days)]),
    ...(filter.standing === undefined ? [] : [eb('left_on', filter.standing === 'left' ? 'is not' : 'is', null)]),
  ]);

/** A line of the list as it is read: with the sealed number, and what its certificates and conduct come to. */
export type ListedPractitioner = PractitionerTable & {
  readonly number_sealed: string;
  readonly lapsing: string;
  readonly lapsed: string;
  readonly good: string;
  readonly bad: string;
  readonly disputed: string;
};

const counted = (days: Days) => {
  const states = sql.join([...standingStates]);
  const certificates = sql`from elv.practitioner_certificate c where c.practitioner_id = elv.practitioner.id and c.latest and c.removed_at is null`;
  const conducts = sql`from elv.practitioner_conduct b where b.practitioner_id = elv.practitioner.id and b.occurred_on >= ${days.usedSince}`;
  return [
    sql<string>`(select i.number_sealed from elv.practitioner_identity i where i.id = elv.practitioner.person_id)`.as(
      'number_sealed',
    ),
    sql<string>`(select count(*) ${certificates} and c.valid_until >= ${days.today} and c.valid_until <= ${days.warnUntil})`.as(
      'lapsing',
    ),
    sql<string>`(select count(*) ${certificates} and c.valid_until < ${days.today})`.as('lapsed'),
    sql<string>`(select count(*) ${conducts} and b.nature = 'good' and b.state in (${states}))`.as('good'),
    sql<string>`(select count(*) ${conducts} and b.nature = 'bad' and b.state in (${states}))`.as('bad'),
    sql<string>`(select count(*) ${conducts} and b.state = 'objected')`.as('disputed'),
  ];
};

const orders = {
  '-enteredAt': ['entered_at', 'desc'],
  enteredAt: ['entered_at', 'asc'],
  '-since': ['since', 'desc'],
  since: ['since', 'asc'],
} as const satisfies Readonly<Record<PractitionerFilter['sort'], readonly [keyof PractitionerTable, 'asc' | 'desc']>>;

type Meant = SelectQueryBuilder<PractitionerTables, 'elv.practitioner', object>;

const meant = (db: Db, filter: Conditions, scope: ListScope): Meant =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner')
    .where((eb) => condition(eb, filter, scope));

/** How many people fit, counted no further than `upTo` where that is given. */
export const countPractitioners = async (
  db: Db,
  filter: Conditions,
  scope: ListScope,
  upTo?: number,
): Promise<number> => {
  const some = meant(db, filter, scope)
    .select('id')
    .$if(upTo !== undefined, (query) => query.limit(upTo ?? 0))
    .as('some');
  const { count } = await db
    .selectFrom(some)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** One page of people and the exact number of all that fit. */
export const listPractitioners = async (
  db: Db,
  filter: PractitionerFilter,
  scope: ListScope,
): Promise<{ readonly rows: readonly ListedPractitioner[]; readonly total: number }> => {
  const [column, direction] = orders[filter.sort];
  const [rows, total] = await Promise.all([
    meant(db, filter, scope)
      .selectAll()
      .select(counted(scope.days))
      .orderBy(column, direction)
      .orderBy('id', direction)
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    countPractitioners(db, filter, scope),
  ]);
  return { rows, total };
};

const pageSize = 500;

/** The people of an export one after another in the order of their ids, read page by page: memory does not grow. */
export async function* eachPractitioner(
  db: Db,
  filter: Conditions,
  scope: ListScope,
): AsyncGenerator<ListedPractitioner> {
  let after = '';
  for (let full = true; full; ) {
    const page = await meant(db, filter, scope)
      .selectAll()
      .select(counted(scope.days))
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    yield* page;
    after = page.at(-1)?.id ?? after;
    full = page.length === pageSize;
  }
}
