import { join } from 'node:path';
import { sql } from 'kysely';
import { migrations } from '#apps/server/plans.ts';
import { countedUpTo, type EntryFilter, pageSize } from '#areas/governance/audit-log/model/audit-views.ts';
import {
  countEntries,
  findEntries,
  type Place,
  resolveFilter,
} from '#areas/governance/audit-log/server/entry-search.store.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { migrate } from '#kernel/db/migrate.ts';
import type { Figure } from '../figure.ts';
import { discard, home, throwawayFolder } from '../product.ts';
import type { Bench } from '../scene.ts';

/** Three hundred days of a log, made by the database itself: a few people and addresses do most, most goes well, half a million matters. */
const fill = async (db: Db, rows: number): Promise<void> => {
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'kernel' and tablename = 'audit_entry' and indexname <> 'audit_entry_pkey'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.id('kernel', name)}`.execute(db);
  await sql`
    insert into kernel.audit_entry (chain, seq, at, kind, action, actor_id, actor_name, actor_organisation_id, actor_ip,
      object_type, object_id, outcome, detail, trace_id, prev, digest, actor_agent, about_id)
    select 'elv.vehicle-case:c' || n % 500000, n / 500000 + 1, timestamptz '2026-01-01' + n * (interval '300 days' / ${rows}::int),
      case when n % 50 = 0 then 'security' when n % 9 = 0 then 'interface' when n % 1000 = 1 then 'system' else 'operation' end,
      'elv.vehicle-case.a' || floor(300 * power(mod(n::numeric * 7919, 1000) / 1000, 3))::int,
      'person-' || floor(220 * power(mod(n::numeric * 104729, 1000) / 1000, 2))::int, '张三演示',
      'yard-' || n % 40, '10.20.' || floor(200 * power(mod(n::numeric * 1299709, 1000) / 1000, 2))::int || '.' || n % 7,
      'elv.vehicle-case', 'c' || n % 500000,
      case when n % 97 = 0 then 'refused' when n % 4999 = 0 then 'failed' else 'done' end,
      '{"from":"entryReview","to":"desk","version":12,"round":1,"stepDigest":"' || repeat('a', 64) || '"}',
      md5(n::text), repeat('0', 64), repeat('1', 64), 'Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36', 'c' || n % 500000
    from generate_series(1, ${rows}::int) as s (n)`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
  await sql`vacuum analyze kernel.audit_entry`.execute(db);
};

const month = { from: '2026-06-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' };

/** Every dimension by itself and what people combine: a rare value, a frequent one, both together, within a month and over all. */
const searches: readonly EntryFilter[] = [
  {},
  month,
  { kind: 'security' },
  { kind: 'system', ...month },
  { action: 'elv.vehicle-case.a0' },
  { action: 'elv.vehicle-case.a299' },
  { actor: 'person-3' },
  { organisation: 'yard-7' },
  { object: 'c123456' },
  { outcome: 'failed' },
  { outcome: 'refused', ...month },
  { ip: '10.20.199.3' },
  { trace: 'c4ca4238a0b923820dcc509a6f75849b' },
  { actor: 'person-3', outcome: 'failed' },
  { actor: 'person-219', action: 'elv.vehicle-case.a299' },
  { organisation: 'yard-7', kind: 'system', ...month },
  { ip: '10.20.0.1', action: 'elv.vehicle-case.a120', outcome: 'refused' },
];

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** The first page, the page fifty on, and the count, as the page of the log asks for them. Answers the slowest of the three, in milliseconds. */
const search = async (db: Db, filter: EntryFilter): Promise<number> => {
  const resolved = await resolveFilter(db, filter);
  let after: Place | undefined;
  const first = await timed(async () => {
    after = (await findEntries(db, resolved, undefined, pageSize + 1)).at(-1);
  });
  const next = await timed(() => findEntries(db, resolved, after, pageSize + 1));
  const count = await timed(() => countEntries(db, resolved, countedUpTo + 1));
  return Math.max(first, next, count);
};

/** Searching a log of ten million entries by every dimension, on a database of its own. */
export const measureLogSearch = async ({ short }: Bench): Promise<readonly Figure[]> => {
  const folder = throwawayFolder();
  const embedded = await startEmbedded({ dataDir: folder, cacheDir: join(home, '.cache'), durable: !short });
  const { db, close } = openDatabase({ url: embedded.ownerUrl, poolSize: 2 });
  try {
    await migrate(db, migrations, new Date());
    await fill(db, short ? 20_000 : 10_000_000);
    const took: number[] = [];
    for (const filter of searches) took.push(await search(db, filter));
    took.sort((one, other) => one - other);
    return [
      {
        measure: 'search of 10 million log entries, the middle one',
        value: took[took.length >> 1] ?? 0,
        unit: 'ms',
        better: 'lower',
      },
      {
        measure: 'search of 10 million log entries, the slowest',
        value: took.at(-1) ?? 0,
        unit: 'ms',
        better: 'lower',
        bar: 1_000,
      },
    ];
  } finally {
    await close();
    await embedded.stop();
    discard(folder);
  }
};
