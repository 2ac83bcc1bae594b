import { type Compilable, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { countedUpTo, pageSize } from '../model/audit-views.ts';
import { countQuery, type Place, pageQuery, type ResolvedFilter } from './entry-search.store.ts';

// Real: PostgreSQL and its planner on a grown table. Made up: the rows; they are put in by SQL, for nothing but the planner looks at them.

const rows = 200_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(migrations);
  await sql`insert into kernel.audit_entry (chain, seq, at, kind, action, actor_id, actor_name, actor_organisation_id, actor_ip, object_type,
      object_id, about_id, outcome, detail, trace_id, prev, digest)
    select 'case:' || (n % 20000), n, timestamptz '2026-06-01' + n * interval '60 seconds',
      case when n % 20 = 0 then 'security' when n % 7 = 0 then 'interface' when n % 1000 = 1 then 'system' else 'operation' end,
      'area.thing:' || (n % 80), 'u' || (n % 300), '某人', case when n % 3 = 0 then null else 'org' || (n % 40) end, '10.0.' || (n % 40) || '.' || (n % 200),
      'case', 'c' || (n % 20000), 'c' || (n % 20000), case when n % 50 = 0 then 'refused' when n % 333 = 0 then 'failed' else 'done' end,
      '{}', 't' || (n / 3), repeat('0', 64), repeat('1', 64)
    from generate_series(1, ${rows}) n`.execute(database.ownerDb);
  await sql`analyze kernel.audit_entry`.execute(database.ownerDb);
}, 120_000);
afterAll(() => database.close());

const dimensions: Required<Omit<ResolvedFilter, 'from' | 'until'>> = {
  kind: 'security',
  action: 'area.thing:40',
  actorIds: ['u100'],
  organisationIds: ['org20'],
  object: 'c4000',
  outcome: 'refused',
  ip: '10.0.20.100',
  trace: 't1333',
};
const names = Object.keys(dimensions) as (keyof typeof dimensions)[];
const span = { from: '2026-08-01T00:00:00.000Z', until: '2026-09-15T00:00:00.000Z' };

/** Every combination of dimensions, without and with a time range. */
const combinations: readonly ResolvedFilter[] = Array.from({ length: 2 ** names.length }, (_, bits) =>
  Object.fromEntries(names.filter((_name, index) => bits & (1 << index)).map((name) => [name, dimensions[name]])),
).flatMap((filter) => [filter, { ...filter, ...span }]);

const planOf = async (query: Compilable): Promise<string> => {
  const { sql: text, parameters } = query.compile();
  const pieces = text.split(/\$\d+/);
  const statement = pieces
    .slice(1)
    .reduce(
      (made, piece, index) => sql`${made}${parameters[index]}${sql.raw(piece)}`,
      sql`${sql.raw(`explain ${pieces[0]}`)}`,
    );
  const { rows: lines } = await statement.execute(database.db);
  return lines.map((line) => Object.values(line as object).join()).join('\n');
};

const after: Place = { at: new Date('2026-08-20T00:00:00Z'), chain: 'case:5', seq: 5 };

test.each<[string, (filter: ResolvedFilter) => Compilable]>([
  ['a page', (filter) => pageQuery(database.db, filter, undefined, pageSize + 1)],
  ['a later page', (filter) => pageQuery(database.db, filter, after, pageSize + 1)],
  ['a count', (filter) => countQuery(database.db, filter, countedUpTo + 1)],
])(
  'R45: %s walks an index, whatever is searched by together',
  async (_what, query) => {
    for (const filter of combinations) {
      const plan = await planOf(query(filter));
      expect(plan, JSON.stringify(filter)).toMatch(/Index|Bitmap/);
      expect(plan, JSON.stringify(filter)).not.toContain('Seq Scan');
    }
  },
  120_000,
);

test('R45: the newest page reads a page of the index, not the table', async () => {
  const { sql: text, parameters } = pageQuery(database.db, {}, undefined, pageSize + 1).compile();
  const pieces = text.split(/\$\d+/);
  const statement = sql`${sql.raw(`explain (analyze, format json) ${pieces[0]}`)}${parameters[0]}`;
  const plan = JSON.stringify((await statement.execute(database.db)).rows);
  const scanned = [...plan.matchAll(/"Actual Rows":\s*([\d.]+)/g)].map(([, count]) => Number(count));
  expect(Math.max(...scanned)).toBeLessThan(100);
});
