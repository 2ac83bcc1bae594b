import { type ExpressionBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { type EntryTable, factOf } from '#kernel/audit/entry.table.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Db } from '#kernel/db/database.ts';
import type { EntryFilter } from '../model/audit-views.ts';

type Tables = {
  'kernel.audit_entry': EntryTable;
  'governance.organisation': { id: string; name: string; credit_code: string };
  'governance.user_account': { id: string; user_name: string; name: string };
};

/** An entry as it is listed. */
export interface FoundEntry extends AuditFact {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly digest: string;
  readonly aboutId: string | null;
  readonly organisationName: string | null;
}

/** A place in the list: the last entry of the page before. */
export interface Place {
  readonly at: Date;
  readonly chain: string;
  readonly seq: number;
}

/** The filter with people and organisations found: ids instead of what was typed. `null` stands for “nobody is called that”. */
export interface ResolvedFilter extends Omit<EntryFilter, 'actor' | 'organisation'> {
  readonly actorIds?: readonly string[];
  readonly organisationIds?: readonly string[];
}

/** So many people of one name are looked for at once. */
const mostNamesakes = 5;

/** Finds whom and which organisation was typed: by id, by user name or credit code, by name. What is unknown is taken for an id, so that it finds nothing or a service. */
export const resolveFilter = async (db: Db, filter: EntryFilter): Promise<ResolvedFilter> => {
  const { actor, organisation, ...rest } = filter;
  const tables = db.withTables<Tables>();
  const people = actor
    ? await tables
        .selectFrom('governance.user_account')
        .select('id')
        .where((eb) => eb.or([eb('user_name', '=', actor), eb('name', '=', actor), eb('id', '=', actor)]))
        .limit(mostNamesakes)
        .execute()
    : [];
  const organisations = organisation
    ? await tables
        .selectFrom('governance.organisation')
        .select('id')
        .where((eb) =>
          eb.or([eb('name', '=', organisation), eb('credit_code', '=', organisation), eb('id', '=', organisation)]),
        )
        .limit(mostNamesakes)
        .execute()
    : [];
  const ids = (found: readonly { id: string }[], typed: string): readonly string[] =>
    found.length > 0 ? found.map(({ id }) => id) : [typed];
  return {
    ...rest,
    ...(actor ? { actorIds: ids(people, actor) } : {}),
    ...(organisation ? { organisationIds: ids(organisations, organisation) } : {}),
  };
};

type Entries<O> = SelectQueryBuilder<Tables & { e: EntryTable }, 'e', O>;

const oneOrMany = (column: 'e.actor_id' | 'e.actor_organisation_id', ids: readonly string[]) => {
  const [first = ''] = ids;
  return (eb: ExpressionBuilder<Tables & { e: EntryTable }, 'e'>) =>
    ids.length === 1 ? eb(column, '=', first) : eb(column, 'in', [...ids]);
};

const narrowed = <O>(query: Entries<O>, filter: ResolvedFilter): Entries<O> => {
  let to = query;
  if (filter.from) to = to.where('e.at', '>=', new Date(filter.from));
  if (filter.until) to = to.where('e.at', '<', new Date(filter.until));
  if (filter.kind) to = to.where('e.kind', '=', filter.kind);
  if (filter.action) to = to.where('e.action', '=', filter.action);
  if (filter.actorIds) to = to.where(oneOrMany('e.actor_id', filter.actorIds));
  if (filter.organisationIds) to = to.where(oneOrMany('e.actor_organisation_id', filter.organisationIds));
  if (filter.object) to = to.where('e.about_id', '=', filter.object);
  if (filter.outcome) to = to.where('e.outcome', '=', filter.outcome);
  if (filter.ip) to = to.where('e.actor_ip', '=', filter.ip);
  if (filter.trace) to = to.where('e.trace_id', '=', filter.trace);
  return to;
};

const entries = (db: Db) => db.withTables<Tables>().selectFrom('kernel.audit_entry as e');

/**
 * The query for a page of entries, newest first. The time stands alone in the condition of the page, so that every index, whose second column is
 * the time, can be entered at the right place; entries of the very same moment are told apart by chain and place.
 */
export const pageQuery = (db: Db, filter: ResolvedFilter, after: Place | undefined, size: number) => {
  const query = narrowed(entries(db), filter)
    .selectAll('e')
    .orderBy('e.at', 'desc')
    .orderBy('e.chain', 'desc')
    .orderBy('e.seq', 'desc')
    .limit(size);
  if (!after) return query;
  const { at, chain, seq } = after;
  return query
    .where('e.at', '<=', at)
    .where((eb) =>
      eb.or([
        eb('e.at', '<', at),
        eb('e.chain', '<', chain),
        eb.and([eb('e.chain', '=', chain), eb('e.seq', '<', String(seq))]),
      ]),
    );
};

/** The query that counts, no further than `upTo`. In the order of time, so that it too walks an index and stops. */
export const countQuery = (db: Db, filter: ResolvedFilter, upTo: number) =>
  db
    .selectFrom(narrowed(entries(db), filter).select('e.seq').orderBy('e.at', 'desc').limit(upTo).as('found'))
    .select(({ fn }) => fn.countAll<string>().as('count'));

type Row = Selectable<EntryTable>;

const withOrganisations = async (db: Db, rows: readonly Row[]): Promise<readonly FoundEntry[]> => {
  const ids = [...new Set(rows.flatMap(({ actor_organisation_id: id }) => (id === null ? [] : [id])))];
  const organisations =
    ids.length === 0
      ? []
      : await db
          .withTables<Tables>()
          .selectFrom('governance.organisation')
          .select(['id', 'name'])
          .where('id', 'in', ids)
          .execute();
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...factOf(row),
    chain: row.chain,
    seq: Number(row.seq),
    prev: row.prev,
    digest: row.digest,
    aboutId: row.about_id,
    organisationName: names.get(row.actor_organisation_id ?? '') ?? null,
  }));
};

/** A page of entries. */
export const findEntries = async (
  db: Db,
  filter: ResolvedFilter,
  after: Place | undefined,
  size: number,
): Promise<readonly FoundEntry[]> => withOrganisations(db, await pageQuery(db, filter, after, size).execute());

/** How many entries there are, no further than `upTo`. */
export const countEntries = async (db: Db, filter: ResolvedFilter, upTo: number): Promise<number> =>
  Number((await countQuery(db, filter, upTo).executeTakeFirst())?.count ?? 0);

/** One entry; undefined when there is none at that place. */
export const findEntry = async (db: Db, chain: string, seq: number): Promise<FoundEntry | undefined> => {
  const row = await entries(db)
    .selectAll('e')
    .where('e.chain', '=', chain)
    .where('e.seq', '=', String(seq))
    .executeTakeFirst();
  return row && (await withOrganisations(db, [row]))[0];
};

/** The entries of a filter one after another, newest first, no more than `most`; read in pages, so that memory does not grow with them. */
export async function* eachEntry(db: Db, filter: ResolvedFilter, most: number): AsyncGenerator<FoundEntry> {
  const size = 1_000;
  let left = most;
  let after: Place | undefined;
  while (left > 0) {
    const page = await findEntries(db, filter, after, Math.min(size, left));
    yield* page;
    left -= page.length;
    after = page.at(-1);
    if (page.length < size) return;
  }
}

/** A group of entries that a rule may tell of. */
export interface Tally {
  readonly about: string;
  readonly name: string;
  readonly count: number;
  readonly from: Date;
  readonly until: Date;
}

/** What is counted, since when, and from how many on it is told. */
export interface TallyQuestion {
  readonly actions: readonly string[];
  readonly outcome: AuditFact['outcome'];
  readonly by: 'actor' | 'address';
  readonly since: Date;
  readonly least: number;
  /** Only this person or address. */
  readonly about?: string;
}

/** Counts entries of some actions by person or address. */
export const tallyEntries = async (db: Db, question: TallyQuestion): Promise<readonly Tally[]> => {
  if (question.actions.length === 0) return [];
  const column = question.by === 'actor' ? 'actor_id' : 'actor_ip';
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_entry')
    .select([`${column} as about`])
    .select(({ fn }) => [
      fn.max('actor_name').as('name'),
      fn.countAll<string>().as('count'),
      fn.min('at').as('from'),
      fn.max('at').as('until'),
    ])
    .where('action', 'in', [...question.actions])
    .where('outcome', '=', question.outcome)
    .where('at', '>', question.since)
    .where(column, '<>', '')
    .$if(question.about !== undefined, (query) => query.where(column, '=', question.about ?? ''))
    .groupBy(column)
    .having(sql<number>`count(*)`, '>=', question.least)
    .execute();
  return rows.map(({ about, name, count, from, until }) => ({ about, name, count: Number(count), from, until }));
};

/** Recent refusals, repeats with their number, newest first; no more than `most`. */
export const recentRefusals = async (db: Db, since: Date, most: number): Promise<readonly AuditFact[]> => {
  const rows = await entries(db)
    .selectAll('e')
    .where('e.outcome', '=', 'refused')
    .where('e.at', '>', since)
    .where('e.kind', '=', 'security')
    .orderBy('e.at', 'desc')
    .limit(most)
    .execute();
  return rows.map(factOf);
};

/** Recent entries of some actions, or by some people, newest first. */
export const recentEntries = async (
  db: Db,
  of: { readonly actions?: readonly string[]; readonly actorIds?: readonly string[] },
  since: Date,
  most: number,
): Promise<readonly (AuditFact & { readonly chain: string; readonly seq: number })[]> => {
  if (of.actions?.length === 0 || of.actorIds?.length === 0) return [];
  let query = entries(db).selectAll('e').where('e.at', '>', since);
  if (of.actions) query = query.where('e.action', 'in', [...of.actions]);
  if (of.actorIds) query = query.where('e.actor_id', 'in', [...of.actorIds]);
  const rows = await query.orderBy('e.at', 'desc').limit(most).execute();
  return rows.map((row) => ({ ...factOf(row), chain: row.chain, seq: Number(row.seq) }));
};
