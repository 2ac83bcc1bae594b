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
const addEntries = async (
  tx: Tx,
  entries: readonly AuditEntry[],
  chains: readonly string[],
  heads: ReadonlyMap<string, Head>,
): Promise<void> => {
  const ends = sql.join(
    chains.map((chain) => sql`(${chain}, ${heads.get(chain)?.seq}::bigint, ${heads.get(chain)?.digest})`),
  );
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

/** What a transaction knows of the ends of chains it has locked; nobody else can move them while it lasts. */
interface HeldHeads {
  readonly known: Map<string, Head>;
  readonly reaching: Map<string, Promise<void>>;
}

// By the executor: every view of a transaction with other tables has the same one.
const heldBy = new WeakMap<object, HeldHeads>();

const heldHeads = (tx: Tx): HeldHeads => {
  const executor = tx.getExecutor();
  const held = heldBy.get(executor) ?? { known: new Map(), reaching: new Map() };
  heldBy.set(executor, held);
  return held;
};

/** Locks the ends of these chains, those that are not held already. */
const reach = async (tx: Tx, chains: readonly string[]): Promise<Map<string, Head>> => {
  const { known, reaching } = heldHeads(tx);
  const fresh = chains.filter((chain) => !reaching.has(chain));
  if (fresh.length > 0) {
    const reached = lockOrMakeHeads(tx, fresh).then((heads) => {
      for (const [chain, head] of heads) known.set(chain, head);
    });
    for (const chain of fresh) reaching.set(chain, reached);
  }
  await Promise.all(chains.map((chain) => reaching.get(chain)));
  return known;
};

/** Begins to lock the end of an object's chain while other things are still being read; whoever appends to it need not wait then. */
export const reachHead = (tx: Tx, object: { readonly type: string; readonly id: string }): void => {
  // Should it fail, so does the transaction, and whoever appends hears why.
  reach(tx, [`${object.type}:${object.id}`]).catch(() => undefined);
};

/**
 * Adds facts to their chains inside the caller's transaction, in the order given. Writers of one chain follow one another; other chains
 * are not touched. Many facts at once cost little more than one.
 */
export const appendFacts = async (tx: Tx, facts: readonly AuditFact[]): Promise<readonly AuditEntry[]> => {
  if (facts.length === 0) return [];
  const chains = [...new Set(facts.map(chainOf))];
  const heads = await reach(tx, chains);
  // From here on nothing waits until the ends are moved: two who append in one transaction follow one another.
  const entries = facts.map((fact): AuditEntry => {
    const chain = chainOf(fact);
    const head = heads.get(chain);
    if (!head) throw new Error(`audit head of ${chain} vanished`);
    const seq = head.seq + 1;
    const digest = digestOf(head.digest, chain, seq, fact);
    heads.set(chain, { seq, digest });
    return { ...fact, chain, seq, prev: head.digest, digest };
  });
  await addEntries(tx, entries, chains, heads);
  return entries;
};

/** The entries of a chain that begins with these facts, in their order; nothing is written. All facts belong to one chain. */
export const firstEntries = (facts: readonly AuditFact[]): readonly AuditEntry[] => {
  let prev = chainStart;
  return facts.map((fact, at): AuditEntry => {
    const chain = chainOf(fact);
    const digest = digestOf(prev, chain, at + 1, fact);
    const entry = { ...fact, chain, seq: at + 1, prev, digest };
    prev = digest;
    return entry;
  });
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
