import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import { blindIndexes } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import type { caseFilter } from '../model/vehicle-case.contract.ts';
import { caseColumns } from './case-access.ts';
import { holdsOf } from './vehicle-case.store.ts';
import type { CaseTable, ElvTables } from './vehicle-case.tables.ts';

/** Which cases are meant, and which of them are listed how. */
export type CaseFilter = z.output<typeof caseFilter>;
/** Which cases are meant, without how they are listed. */
export type CaseConditions = Omit<CaseFilter, 'sort' | 'page' | 'size'>;

/** What a list needs of a row. */
export type ListedCase = Omit<
  CaseTable,
  | 'record'
  | 'record_at_step'
  | 'open_key'
  | 'origin_key'
  | 'change_no'
  | 'held_since'
  | 'held_deadline'
  | 'vin_reversed'
  | 'owner_identity_index'
  | 'owner_phone_index'
>;

/** The columns a list reads. */
export const listed = [
  'id',
  'case_no',
  'lifecycle_version',
  'state',
  'version',
  'round',
  'holds',
  'enterprise_id',
  'enterprise_name',
  'enterprise_code',
  'district_code',
  'opened_by',
  'opened_at',
  'state_since',
  'deadline_at',
  'plate_no',
  'plate_type_code',
  'vin',
  'brand_model',
  'vehicle_type_code',
  'owner_name',
  'marks',
] as const;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** What a search text may mean: prefixes of codes and names, the end of a VIN, a whole identity or phone number. */
interface Search {
  readonly code: string;
  readonly text: string;
  /** Blind indexes, under every key that rows may stand under; empty when the text is no such number. */
  readonly identity: readonly string[];
  readonly phone: readonly string[];
}

const readSearch = async (crypto: Crypto, q: string): Promise<Search> => {
  const code = normaliseCode(q).replace(/[·.-]/g, '');
  const isIdentity = code.length === 18 && checkIdentityNumber(code).ok;
  return {
    code,
    text: q.trim(),
    identity: isIdentity ? await blindIndexes(crypto, 'identity-number', code) : [],
    phone: /^\d{11}$/.test(code) ? await blindIndexes(crypto, 'phone', code) : [],
  };
};

type Builder = ExpressionBuilder<ElvTables, 'elv.vehicle_case'>;

const matches = (eb: Builder, { code, text, identity, phone }: Search) => {
  const prefix = `${escaped(code)}%`;
  const tail = `${escaped([...code].reverse().join(''))}%`;
  return eb.or([
    eb('case_no', 'like', prefix),
    eb('plate_no', 'like', prefix),
    eb('plate_no', 'like', `沪${prefix}`),
    eb('vin', 'like', prefix),
    eb('vin_reversed', 'like', tail),
    eb('owner_name', 'like', `${escaped(text)}%`),
    ...(identity.length === 0 ? [] : [eb('owner_identity_index', 'in', identity)]),
    ...(phone.length === 0 ? [] : [eb('owner_phone_index', 'in', phone)]),
  ]);
};

/** The rows a list speaks of. `work` are the states the asker has work in, for `mine`. */
export interface ListScope {
  readonly rows: Predicate;
  readonly work: readonly string[];
  readonly openStates: readonly string[];
  readonly now: Date;
}

/** Told in the text of the statement: a mark may be of every tenth case or of ten in all, and the planner must know which. */
const literal = (text: string): RawBuilder<string> => sql`${sql.lit(text)}`;

const condition = (
  eb: Builder,
  filter: CaseConditions,
  scope: ListScope,
  { search, marked }: { readonly search: Search | null; readonly marked: readonly string[] | null },
) =>
  eb.and([
    whereRows(eb, scope.rows, caseColumns),
    ...(filter.enterpriseId === undefined ? [] : [eb('enterprise_id', '=', filter.enterpriseId)]),
    ...(filter.districtCode === undefined ? [] : [eb('district_code', '=', filter.districtCode)]),
    ...(filter.state && filter.state.length > 0 ? [eb('state', 'in', filter.state)] : []),
    ...(filter.mine === true ? [scope.work.length > 0 ? eb('state', 'in', [...scope.work]) : sql<boolean>`false`] : []),
    // Nobody can go on with a case that is held.
    ...(filter.mine === true ? [eb('holds', '=', '')] : []),
    // Few cases are held; the first comparison finds them by their index.
    ...(filter.held === undefined ? [] : [eb('holds', '>', ''), eb('holds', 'like', `%${filter.held}%`)]),
    ...(filter.overdue === true ? [eb('deadline_at', '<', scope.now), eb('state', 'in', [...scope.openStates])] : []),
    ...(marked === null ? [] : [marked.length > 0 ? eb('marks', 'in', marked.map(literal)) : sql<boolean>`false`]),
    ...(search === null ? [] : [matches(eb, search)]),
  ]);

/** The marks that cases have together, as their column holds them, with all of these among them: from one to the next by the index, however many cases have them. */
const marksWith = async (db: Db, wanted: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ marks: string }>`
    with recursive met (marks) as (
      (select marks from elv.vehicle_case where marks > '' order by marks limit 1)
      union all
      select (select next.marks from elv.vehicle_case as next where next.marks > met.marks order by next.marks limit 1)
      from met where met.marks is not null
    )
    select marks from met where marks is not null`.execute(db);
  return rows.map(({ marks }) => marks).filter((marks) => wanted.every((mark) => marks.includes(`,${mark},`)));
};

/** The cases meant by the filter that the asker may see, to be read in whatever way. */
export const casesWhere = async (db: Db, crypto: Crypto, filter: CaseConditions, scope: ListScope) => {
  const found = {
    search: filter.q !== undefined && filter.q.length >= 2 ? await readSearch(crypto, filter.q) : null,
    marked: filter.mark && filter.mark.length > 0 ? await marksWith(db, filter.mark) : null,
  };
  return db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .where((eb) => condition(eb, filter, scope, found));
};

/** How many cases rest in each of the states, or in every one, and under which holds, how many of them are overdue, and since when the oldest. */
export const countByState = async (
  db: Db,
  rows: Predicate,
  now: Date,
  states: readonly string[] | undefined,
): Promise<
  readonly {
    readonly state: string;
    readonly holds: readonly string[];
    readonly count: number;
    readonly overdue: number;
    readonly oldest: Date | null;
  }[]
> => {
  const found = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .where((eb) => whereRows(eb, rows, caseColumns))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]))
    .select(({ fn }) => [
      'state',
      'holds',
      fn.countAll<string>().as('count'),
      fn.min('state_since').as('oldest'),
      sql<string>`sum(case when deadline_at < ${now} then 1 else 0 end)`.as('overdue'),
    ])
    .groupBy(['state', 'holds'])
    .execute();
  return found.map((row) => ({
    state: row.state,
    holds: holdsOf(row.holds),
    count: Number(row.count),
    overdue: Number(row.overdue ?? 0),
    oldest: row.oldest,
  }));
};

/** The next case that waits in a state and is not held, other than the one just dealt with; who waits longest comes first. */
export const findNextCase = async (
  db: Db,
  rows: Predicate,
  state: string,
  exceptId: string,
): Promise<string | null> => {
  const next = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select('id')
    .where('state', '=', state)
    .where('id', '!=', exceptId)
    .where('holds', '=', '')
    .where((eb) => whereRows(eb, rows, caseColumns))
    .orderBy('state_since')
    .limit(1)
    .executeTakeFirst();
  return next?.id ?? null;
};

/** The enterprises that have cases within the asker's rows. */
export const listEnterprises = async (db: Db, rows: Predicate): Promise<readonly { id: string; name: string }[]> => {
  const found = await db
    .withTables<ElvTables>()
    .selectFrom('elv.vehicle_case')
    .select(['enterprise_id', 'enterprise_name'])
    .distinct()
    .where((eb) => whereRows(eb, rows, caseColumns))
    .orderBy('enterprise_name')
    .limit(500)
    .execute();
  return found.map((row) => ({ id: row.enterprise_id, name: row.enterprise_name }));
};

/** These enterprises as their newest cases name them, by name. */
export const namedEnterprises = async (
  db: Db,
  ids: readonly string[],
): Promise<readonly { id: string; name: string }[]> => {
  if (ids.length === 0) return [];
  const asked = sql.join(
    ids.slice(0, 500).map((id) => sql`(${id})`),
    sql`, `,
  );
  const { rows } = await sql<{ id: string; name: string | null }>`
    select asked.id, (
      select enterprise_name from elv.vehicle_case where enterprise_id = asked.id order by state_since desc limit 1
    ) as name
    from (values ${asked}) as asked (id)`.execute(db);
  return rows.map(({ id, name }) => ({ id, name: name ?? id })).sort((one, other) => (one.name < other.name ? -1 : 1));
};

/** Whether there are any cases at all. */
export const hasCases = async (db: Db): Promise<boolean> =>
  (await db.withTables<ElvTables>().selectFrom('elv.vehicle_case').select('id').limit(1).executeTakeFirst()) !==
  undefined;
