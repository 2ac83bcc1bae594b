import { type ExpressionBuilder, sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { noOrganisation, type PersonFilter } from '../model/person.view.ts';
import { people, personOf, type StoredPerson, selectPerson } from './person.store.ts';
import { personColumns } from './person-access.ts';

/** What a search text may mean: part of a name, a user name or an organisation, or a whole phone or identity number. */
export interface PersonSearch {
  readonly text: string;
  readonly phoneIndexes: readonly string[];
  readonly identityIndexes: readonly string[];
}

/** The people a list speaks of. `holders`: those of the role that was asked for. */
export interface PersonListScope {
  readonly rows: Predicate;
  readonly search: PersonSearch | null;
  readonly holders: readonly string[] | null;
  readonly now: Date;
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

// biome-ignore lint/suspicious/noExplicitAny: the builder of the joined query; its columns are named below
type Builder = ExpressionBuilder<any, any>;

const matches = (eb: Builder, { text, phoneIndexes, identityIndexes }: PersonSearch) => {
  const part = `%${escaped(text)}%`;
  return eb.or([
    eb('u.name', 'like', part),
    eb('u.user_name', 'like', `%${escaped(text.toLowerCase())}%`),
    eb('o.name', 'like', part),
    ...phoneIndexes.map((index) => eb('u.phone_index', '=', index)),
    ...identityIndexes.map((index) => eb('u.identity_no_index', '=', index)),
  ]);
};

const stands = (eb: Builder, status: NonNullable<PersonFilter['status']>, now: Date) => {
  const open = eb('u.status', '=', 'active');
  const valid = eb.or([eb('u.valid_until', 'is', null), eb('u.valid_until', '>', now)]);
  const free = eb.or([eb('u.locked_until', 'is', null), eb('u.locked_until', '<=', now)]);
  switch (status) {
    case 'disabled':
      return eb('u.status', '!=', 'active');
    case 'expired':
      return eb.and([open, eb.not(valid)]);
    case 'locked':
      return eb.and([open, valid, eb.not(free)]);
    case 'active':
      return eb.and([open, valid, free]);
  }
};

const condition = (eb: Builder, filter: PersonFilter, { rows, search, holders, now }: PersonListScope) =>
  eb.and([
    whereRows(eb, rows, personColumns),
    ...(search === null ? [] : [matches(eb, search)]),
    ...(filter.status === undefined ? [] : [stands(eb, filter.status, now)]),
    ...(filter.organisationId === undefined
      ? []
      : [
          filter.organisationId === noOrganisation
            ? eb('u.organisation_id', 'is', null)
            : eb('u.organisation_id', '=', filter.organisationId),
        ]),
    ...(holders === null ? [] : [holders.length > 0 ? eb('u.id', 'in', [...holders]) : sql<boolean>`false`]),
  ]);

const orders = {
  userName: ['u.user_name', 'asc'],
  '-userName': ['u.user_name', 'desc'],
  createdAt: ['u.created_at', 'asc'],
  '-createdAt': ['u.created_at', 'desc'],
} as const;

/** One page of people and the exact number of all that fit. */
export const listPeople = async (
  db: Db,
  filter: PersonFilter,
  scope: PersonListScope,
): Promise<{ readonly rows: readonly StoredPerson[]; readonly total: number }> => {
  const base = people(db).where((eb) => condition(eb, filter, scope));
  const [column, direction] = orders[filter.sort];
  const [rows, count] = await Promise.all([
    selectPerson(base)
      .orderBy(column, direction)
      .orderBy('u.id', direction)
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(personOf), total: Number(count.count) };
};
