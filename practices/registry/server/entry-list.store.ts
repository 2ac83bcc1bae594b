import { type ExpressionBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import { blindIndexes } from '#kernel/crypto/blind-index.ts';
import type { Db } from '#kernel/db/database.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import type { entryFilter } from '../model/registry.contract.ts';
import type { EntryShelf, Standing } from './entry.store.ts';
import { entryColumns } from './entry-access.ts';
import type { Organisation } from './organisations.ts';
import type { RegistryTables } from './registry.tables.ts';

type Filter = z.output<typeof entryFilter>;

/** The rows a list speaks of, told without districts; `work` are those that wait for the asker. */
export interface ListScope {
  readonly rows: Predicate;
  readonly work: Predicate;
  readonly now: Date;
  /** Today, and the last day that is warned of today. */
  readonly today: string;
  readonly warnUntil: string;
  readonly organisations: readonly Organisation[];
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** What a search text may mean: organisations of that name or code, the beginning of a number, a whole phone number. */
interface Search {
  readonly organisations: readonly string[];
  readonly number: string;
  readonly phone: readonly string[];
}

const readSearch = async ({ crypto }: EntryShelf, q: string, all: readonly Organisation[]): Promise<Search> => {
  const code = normaliseCode(q);
  const found = all.filter(({ name, creditCode }) => name.includes(q) || creditCode.includes(code));
  return {
    organisations: found.map(({ id }) => id),
    number: q,
    phone: /^[\d-]{7,20}$/.test(code) ? await blindIndexes(crypto, 'phone', code) : [],
  };
};

type Builder = ExpressionBuilder<RegistryTables, 'registry_entry'>;

const among = (eb: Builder, column: 'organisation_id' | 'phone_index', values: readonly string[]) =>
  values.length > 0 ? eb(column, 'in', [...values]) : sql<boolean>`false`;

const matches = (eb: Builder, { organisations, number, phone }: Search) =>
  eb.or([
    among(eb, 'organisation_id', organisations),
    eb('number', 'like', `${escaped(number)}%`),
    among(eb, 'phone_index', phone),
  ]);

/** Entries that stand in the registry and whose paper lapses within the warning, or has lapsed. */
const inValidity = (eb: Builder, which: 'lapsing' | 'lapsed', { today, warnUntil }: ListScope) =>
  eb.and([
    eb('registered_at', 'is not', null),
    ...(which === 'lapsed'
      ? [eb('valid_until', '<', today)]
      : [eb('valid_until', '>=', today), eb('valid_until', '<=', warnUntil)]),
  ]);

const condition = (eb: Builder, filter: Filter, scope: ListScope, search: Search | null) =>
  eb.and([
    whereRows(eb, scope.rows, entryColumns),
    ...(filter.state && filter.state.length > 0 ? [eb('state', 'in', filter.state)] : []),
    ...(filter.district === undefined
      ? []
      : [
          among(
            eb,
            'organisation_id',
            scope.organisations.filter(({ districtCode }) => districtCode === filter.district).map(({ id }) => id),
          ),
        ]),
    ...(filter.validity === undefined ? [] : [inValidity(eb, filter.validity, scope)]),
    ...(filter.inRegistry === undefined ? [] : [eb('registered_at', filter.inRegistry ? 'is not' : 'is', null)]),
    ...(filter.mine === true ? [whereRows(eb, scope.work, entryColumns)] : []),
    ...(filter.overdue === true ? [eb('deadline_at', '<', scope.now)] : []),
    ...(search === null ? [] : [matches(eb, search)]),
  ]);

const orderOf = (sort: Filter['sort']) => ({
  column: sort.endsWith('validUntil') ? ('valid_until' as const) : ('state_since' as const),
  direction: sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
});

const listed = [
  'id',
  'organisation_id',
  'lifecycle_version',
  'state',
  'version',
  'round',
  'origin',
  'opened_by',
  'opened_at',
  'state_since',
  'deadline_at',
  'registered_at',
  'number',
  'valid_until',
  'phone_index',
] as const;

const entries = (db: Db, { profile }: EntryShelf) =>
  db.withTables<RegistryTables>().withSchema(profile.schema).selectFrom('registry_entry');

/** One page of entries and the exact number of all that fit. */
export const listEntries = async (
  db: Db,
  shelf: EntryShelf,
  filter: Filter,
  scope: ListScope,
): Promise<{ readonly rows: readonly Standing[]; readonly total: number }> => {
  const { q } = filter;
  const search = q !== undefined && q.length >= 2 ? await readSearch(shelf, q, scope.organisations) : null;
  const base = entries(db, shelf).where((eb) => condition(eb, filter, scope, search));
  const { column, direction } = orderOf(filter.sort);
  const [rows, count] = await Promise.all([
    base
      .select(listed)
      .orderBy(column, direction)
      .orderBy('id', direction)
      .limit(filter.size)
      .offset((filter.page - 1) * filter.size)
      .execute(),
    base.select(({ fn }) => fn.countAll<string>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(count.count) };
};

/** How many entries rest in each state, how many of them are overdue, and since when the oldest. */
export const countByState = async (
  db: Db,
  shelf: EntryShelf,
  rows: Predicate,
  now: Date,
): Promise<
  readonly { readonly state: string; readonly count: number; readonly overdue: number; readonly oldest: Date | null }[]
> => {
  const found = await entries(db, shelf)
    .where((eb) => whereRows(eb, rows, entryColumns))
    .select(({ fn }) => [
      'state',
      fn.countAll<string>().as('count'),
      fn.min('state_since').as('oldest'),
      sql<string>`sum(case when deadline_at < ${now} then 1 else 0 end)`.as('overdue'),
    ])
    .groupBy('state')
    .execute();
  return found.map((row) => ({
    state: row.state,
    count: Number(row.count),
    overdue: Number(row.overdue ?? 0),
    oldest: row.oldest,
  }));
};

/** How many entries in the registry rest on a paper that lapses soon, or has lapsed. */
export const countByValidity = async (
  db: Db,
  shelf: EntryShelf,
  scope: ListScope,
): Promise<{ readonly lapsing: number; readonly lapsed: number }> => {
  const count = async (which: 'lapsing' | 'lapsed'): Promise<number> => {
    const row = await entries(db, shelf)
      .where((eb) => eb.and([whereRows(eb, scope.rows, entryColumns), inValidity(eb, which, scope)]))
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  const [lapsing, lapsed] = await Promise.all([count('lapsing'), count('lapsed')]);
  return { lapsing, lapsed };
};

/** The next entry that waits in a state, other than the one just dealt with; the oldest first. */
export const findNextEntry = async (
  db: Db,
  shelf: EntryShelf,
  rows: Predicate,
  state: string,
  exceptId: string,
): Promise<string | null> => {
  const next = await entries(db, shelf)
    .select('id')
    .where('state', '=', state)
    .where('id', '!=', exceptId)
    .where((eb) => whereRows(eb, rows, entryColumns))
    .orderBy('state_since')
    .limit(1)
    .executeTakeFirst();
  return next?.id ?? null;
};
