import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { cutsOf } from './cut.store.ts';
import { digestOf } from './digest.ts';
import { factOf, rowOf, type TrailTables } from './entry.table.ts';
import { type AuditEntry, type AuditFact, chainOf, chainStart } from './fact.ts';

type Tables = TrailTables;

interface Head {
  readonly seq: number;
  readonly digest: string;
}

const lockHeads = async (tx: Tx, chains: readonly string[]): Promise<Map<string, Head>> => {
  const rows = await tx
    .withTables<Tables>()
    .selectFrom('kernel.audit_head')
    .select(['chain', 'seq', 'digest'])
    .where('chain', 'in', chains)
    // Everybody who locks several takes them in this order, so that nobody waits in a circle.
    .orderBy('chain')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ chain, seq, digest }) => [chain, { seq: Number(seq), digest }]));
};

const lockOrMakeHeads = async (tx: Tx, chains: readonly string[]): Promise<Map<string, Head>> => {
  const heads = await lockHeads(tx, chains);
  const absent = chains.filter((chain) => !heads.has(chain)).sort();
  if (absent.length === 0) return heads;
  for (const chain of absent) {
    await insertIfAbsent(tx, 'kernel.audit_head', { chain, seq: '0', digest: chainStart, unsealed: true });
  }
  for (const [chain, head] of await lockHeads(tx, absent)) heads.set(chain, head);
  return heads;
};

/** Adds the entries and moves the ends of their chains, in one statement. */
const addEntries = async (tx: Tx, entries: readonly AuditEntry[], heads: ReadonlyMap<string, Head>): Promise<void> => {
  const ends = sql.join([...heads].map(([chain, { seq, digest }]) => sql`(${chain}, ${seq}::bigint, ${digest})`));
  await tx
    .withTables<Tables>()
    .with(
      'moved',
      () =>
        sql`(update kernel.audit_head h set seq = v.seq, digest = v.digest, unsealed = true
        from (values ${ends}) as v (chain, seq, digest) where h.chain = v.chain)`,
    )
    .insertInto('kernel.audit_entry')
    .values(entries.map(rowOf))
    .execute();
};

/**
 * Adds facts to their chains inside the caller's transaction, in the order given. Writers of one chain follow one another; other chains
 * are not touched. Many facts at once cost little more than one.
 */
export const appendFacts = async (tx: Tx, facts: readonly AuditFact[]): Promise<readonly AuditEntry[]> => {
  if (facts.length === 0) return [];
  const heads = await lockOrMakeHeads(tx, [...new Set(facts.map(chainOf))]);
  const entries = facts.map((fact): AuditEntry => {
    const chain = chainOf(fact);
    const head = heads.get(chain);
    if (!head) throw new Error(`audit head of ${chain} vanished`);
    const seq = head.seq + 1;
    const digest = digestOf(head.digest, chain, seq, fact);
    heads.set(chain, { seq, digest });
    return { ...fact, chain, seq, prev: head.digest, digest };
  });
  await addEntries(tx, entries, heads);
  return entries;
};

/** Adds one fact, see {@link appendFacts}. */
export const appendFact = async (tx: Tx, fact: AuditFact): Promise<AuditEntry> => {
  const [entry] = await appendFacts(tx, [fact]);
  if (!entry) throw new Error('an appended fact has its entry');
  return entry;
};

/** The newest fact about an object; undefined when nothing was ever told of it. */
export const lastFactOf = async (
  db: Db | Tx,
  object: { readonly type: string; readonly id: string },
): Promise<AuditFact | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_entry')
    .selectAll()
    .where('chain', '=', `${object.type}:${object.id}`)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && factOf(row);
};

/** The newest facts of one action upon an object, newest first. */
export const latestFactsOf = async (
  db: Db | Tx,
  object: { readonly type: string; readonly id: string },
  action: string,
  most: number,
): Promise<readonly AuditFact[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_entry')
    .selectAll()
    .where('chain', '=', `${object.type}:${object.id}`)
    .where('action', '=', action)
    .orderBy('seq', 'desc')
    .limit(most)
    .execute();
  return rows.map(factOf);
};

/** What a walk over a chain found; the first break is returned, not thrown. `entries` counts what stands, after what was archived and removed. */
export type ChainReport =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly at: number; readonly what: 'missing' | 'altered' | 'truncated' };

/** Where a chain begins in the database: at nothing, or after its entries that were archived and removed. */
const startOf = async (db: Db, chain: string): Promise<Head> =>
  (await cutsOf(db, [chain])).get(chain) ?? { seq: 0, digest: chainStart };

/** Walks one chain from its start and against its head. Reads in pages, so a long chain does not fill memory. */
export const verifyChain = async (db: Db, chain: string): Promise<ChainReport> => {
  const tables = db.withTables<Tables>();
  const start = await startOf(db, chain);
  let { seq, digest: prev } = start;
  for (;;) {
    const page = await tables
      .selectFrom('kernel.audit_entry')
      .selectAll()
      .where('chain', '=', chain)
      .where('seq', '>', String(seq))
      .orderBy('seq')
      .limit(500)
      .execute();
    for (const row of page) {
      if (Number(row.seq) !== seq + 1 || row.prev !== prev) return { intact: false, at: seq + 1, what: 'missing' };
      seq += 1;
      if (digestOf(prev, chain, seq, factOf(row)) !== row.digest) return { intact: false, at: seq, what: 'altered' };
      prev = row.digest;
    }
    if (page.length < 500) break;
  }
  const head = await tables
    .selectFrom('kernel.audit_head')
    .select(['seq', 'digest'])
    .where('chain', '=', chain)
    .executeTakeFirst();
  if (Number(head?.seq ?? start.seq) !== seq || (head?.digest ?? start.digest) !== prev)
    return { intact: false, at: seq + 1, what: 'truncated' };
  return { intact: true, entries: seq - start.seq };
};
