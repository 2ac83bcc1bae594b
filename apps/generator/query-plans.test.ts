import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { markTrial } from '#kernel/db/trial.store.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { generate } from './generate.ts';
import { settleTables } from './past.store.ts';
import { ensureTrialPeople } from './people.ts';

// Real here: PostgreSQL with its planner, the web server, permissions. Made up: the clock, and all the cases.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const now = new Date('2026-11-23T02:00:00Z');
/** A table of so many rows must not be read whole. */
const large = 3_000;

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

let it: ServedProduct;
/** Every distinct statement that was sent, with the values it was first sent with, and for which request. */
const sent = new Map<string, Statement & { readonly request: string }>();
let request = '';

const watch = (): void => {
  const { query } = pg.Client.prototype;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function watched(this: pg.Client, ...given: unknown[]) {
    const [first] = given as [{ text?: string; values?: unknown[] }];
    if (request !== '' && typeof first.text === 'string') {
      const key = `${first.text} for ${request}`;
      if (!sent.has(key)) sent.set(key, { text: first.text, values: first.values ?? [], request });
    }
    return Reflect.apply(query, this, given);
  } as never);
};

beforeAll(async () => {
  it = await aServedProduct(now.toISOString());
  const { db, ownerDb } = it.database;
  await markTrial(ownerDb, now);
  await ensureTrialPeople(db, it.product.accessList, 'Demo-2026!', now);
  await it.product.access.check();
  await generate(db, it.product.crypto, { cases: 10_000, years: 1, history: 0, lot: 'plans', now });
  // From now on totals come out of the numbers.
  await it.product.elv.statistics.recount();
  await settleTables(ownerDb);
  watch();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await it.close();
});

const cases = '/elv/vehicle-cases';
/** What people ask of lists of cases, each by itself and together. */
const listQueries = [
  '',
  '?page=200',
  '?page=400&sort=openedAt',
  '?mark=supervised',
  '?mark=supervised&mark=non-local&state=closed',
  '?mark=sealed',
  '?sort=stateSince',
  '?sort=-openedAt',
  '?sort=deadlineAt',
  '?mine=true',
  '?overdue=true',
  '?held=frozen',
  '?state=closed',
  '?state=deskReview&state=confirming',
  '?enterpriseId=yard-2',
  '?districtCode=310112',
  '?districtCode=310112&state=closed&sort=-openedAt',
  '?q=沪A12',
  '?q=LSV',
  '?q=000123',
  '?q=张伟',
  '?q=13812345678',
  '?q=SC20260301',
  '?q=沪A12&state=closed&enterpriseId=yard-1',
];

/** What some operations must be told. */
const told: Readonly<Record<string, string>> = {
  '/governance/special-days': '?year=2026',
  '/elv/progress': '?from=2026-01-01&to=2026-11-23',
};

/** Every reading operation that needs nothing but what its address says, or the case it is of. */
const readings = (caseId: string): readonly string[] =>
  it.product.areas
    .flatMap(({ plan }) => plan.operations)
    .filter(
      ({ method, path, reply, door }) =>
        method === 'GET' &&
        /^[^{]*$|^\/elv\/vehicle-cases\/\{id\}[^{]*$/.test(path) &&
        reply !== 'file' &&
        door === undefined,
    )
    .map(({ path }) => `${path.replace('{id}', caseId)}${told[path] ?? ''}`);

const people = [
  'clerk1',
  'trial-officer-310112',
  'desk1',
  'commission1',
  'observer1',
  'yardadmin1',
  'admin1',
  'security1',
  'auditor1',
];

const ask = async (cookie: string, path: string): Promise<number> => {
  request = path;
  const { statusCode } = await it.server.inject({ method: 'GET', url: `/api${path}`, headers: { ...ownPage, cookie } });
  request = '';
  return statusCode;
};

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/** The tables a plan reads from one end to the other: without an index, or all of an index with nothing that ends it early. */
const readWhole = (plan: Plan, bounded = false): readonly string[] => {
  const { 'Node Type': kind, 'Relation Name': table, 'Index Cond': by, Plans: inner = [] } = plan;
  const whole = kind === 'Seq Scan' || (/^Index (Only )?Scan$/.test(kind) && by === undefined && !bounded);
  const within = kind === 'Limit' || (bounded && !/^(Sort|Aggregate|Hash)$/.test(kind));
  return [...(whole && table ? [table] : []), ...inner.flatMap((one) => readWhole(one, within))];
};

/** Why a statement may read a large table whole. */
const allowed: readonly { readonly table: string; readonly statement: RegExp; readonly because: string }[] = [
  {
    table: 'withdrawal',
    statement: /group by "state"$/,
    because: 'one case in a hundred is withdrawn: some fifty thousand in ten years, counted for a page few people open',
  },
];

const faultsOf = async (client: pg.Client, tables: ReadonlySet<string>): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const { text, values, request: whose } of sent.values()) {
    if (!/^(select|with|update|delete)/i.test(text)) continue;
    // With its values, as the database plans it while a statement is new; a search by prefix is planned so ever after.
    const { rows } = await client.query({ text: `explain (format json) ${text}`, values: [...values] });
    for (const table of readWhole(rows[0]['QUERY PLAN'][0].Plan))
      if (tables.has(table) && !allowed.some((one) => one.table === table && one.statement.test(text)))
        faults.push(`${table}, asked for by ${whose}: ${text.slice(0, 1_000)}`);
  }
  return faults;
};

/** Asks everything as everybody; answers the addresses that answered nobody. */
const askEverything = async (): Promise<readonly string[]> => {
  const silent = new Set<string>();
  const answered = new Set<string>();
  const { rows } = await sql<{
    id: string;
  }>`select id from elv.vehicle_case where enterprise_id = 'yard-1' limit 1`.execute(it.database.db);
  const all = [...readings(rows[0]?.id ?? ''), ...listQueries.map((query) => `${cases}${encodeURI(query)}`)];
  for (const userName of people) {
    const cookie = await it.signIn(userName);
    for (const path of all) ((await ask(cookie, path)) === 200 ? answered : silent).add(path);
  }
  return [...silent].filter((path) => !answered.has(path));
};

test('T2.11: nothing people ask for reads a large table from one end to the other', async () => {
  // What these show is found by the keys they are told.
  const byKey = ['/governance/access-why', '/governance/audit/entry', '/governance/audit/proof'];
  expect(await askEverything()).toEqual(byKey);
  const client = new pg.Client({ connectionString: it.database.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select relname from pg_class where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information)' and reltuples > ${large}`,
    );
    const tables = new Set<string>(rows.map(({ relname }) => relname));
    expect([...tables].sort()).toEqual(['case_tally', 'step', 'vehicle_case', 'vehicle_claim']);
    expect(sent.size).toBeGreaterThan(300);
    expect(await faultsOf(client, tables)).toEqual([]);
    // Tables that are small here and grow as well: a plan that has no way but the whole table has no index to go by.
    await client.query('set enable_seqscan = off');
    const growing = [
      'audit_entry',
      'outbox',
      'inbox',
      'file',
      'vehicle_photo',
      'vehicle_check',
      'notice',
      'delivery',
      'session',
      'withdrawal',
    ];
    expect(await faultsOf(client, new Set(growing))).toEqual([]);
  } finally {
    await client.end();
  }
});
