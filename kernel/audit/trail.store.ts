import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { type AuditEntry, type AuditFact, chainOf, chainStart } from './fact.ts';

interface EntryTable {
  chain: string;
  seq: string;
  at: Date;
  kind: string;
  action: string;
  actor_id: string;
  actor_name: string;
  actor_organisation_id: string | null;
  actor_ip: string;
  object_type: string | null;
  object_id: string | null;
  outcome: string;
  detail: string;
  trace_id: string;
  prev: string;
  digest: string;
}

interface HeadTable {
  chain: string;
  seq: string;
  digest: string;
}

type Tables = {
  'kernel.audit_entry': EntryTable;
  'kernel.audit_head': HeadTable;
};

/** The digest of a fact at its place: SM3 over the digest before, the place and the canonical fact. */
export const digestOf = (prev: string, chain: string, seq: number, fact: AuditFact): string => {
  const { at, kind, action, actor, object, outcome, detail, traceId } = fact;
  return sm3Hex(`${prev}\n${canonical({ chain, seq, at, kind, action, actor, object, outcome, detail, traceId })}`);
};

const lockHead = async (tx: Tx, chain: string): Promise<{ seq: number; digest: string }> => {
  const tables = tx.withTables<Tables>();
  const find = () =>
    tables
      .selectFrom('kernel.audit_head')
      .select(['seq', 'digest'])
      .where('chain', '=', chain)
      .forUpdate()
      .executeTakeFirst();
  const found = await find();
  if (found) return { seq: Number(found.seq), digest: found.digest };
  await insertIfAbsent(tx, 'kernel.audit_head', { chain, seq: '0', digest: chainStart });
  const made = await find();
  if (!made) throw new Error(`audit head of ${chain} vanished`);
  return { seq: Number(made.seq), digest: made.digest };
};

/** Adds a fact to its chain inside the caller's transaction. Writers of one chain follow one another; other chains are not touched. */
export const appendFact = async (tx: Tx, fact: AuditFact): Promise<AuditEntry> => {
  const chain = chainOf(fact);
  const head = await lockHead(tx, chain);
  const seq = head.seq + 1;
  const digest = digestOf(head.digest, chain, seq, fact);
  const tables = tx.withTables<Tables>();
  await tables
    .insertInto('kernel.audit_entry')
    .values({
      chain,
      seq: String(seq),
      at: fact.at,
      kind: fact.kind,
      action: fact.action,
      actor_id: fact.actor.id,
      actor_name: fact.actor.name,
      actor_organisation_id: fact.actor.organisationId,
      actor_ip: fact.actor.ip,
      object_type: fact.object?.type ?? null,
      object_id: fact.object?.id ?? null,
      outcome: fact.outcome,
      detail: canonical(fact.detail),
      trace_id: fact.traceId,
      prev: head.digest,
      digest,
    })
    .execute();
  await tables
    .updateTable('kernel.audit_head')
    .set({ seq: String(seq), digest })
    .where('chain', '=', chain)
    .execute();
  return { ...fact, chain, seq, prev: head.digest, digest };
};

/** What a walk over a chain found; the first break is returned, not thrown. */
export type ChainReport =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly at: number; readonly what: 'missing' | 'altered' | 'truncated' };

const factOf = (row: EntryTable): AuditFact => ({
  at: row.at,
  // The columns were written from these unions by appendFact; an altered value breaks the digest and is reported.
  kind: row.kind as AuditFact['kind'],
  action: row.action,
  actor: { id: row.actor_id, name: row.actor_name, organisationId: row.actor_organisation_id, ip: row.actor_ip },
  object: row.object_type === null || row.object_id === null ? null : { type: row.object_type, id: row.object_id },
  outcome: row.outcome as AuditFact['outcome'],
  detail: JSON.parse(row.detail) as Record<string, unknown>,
  traceId: row.trace_id,
});

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

/** Walks one chain from its start and against its head. Reads in pages, so a long chain does not fill memory. */
export const verifyChain = async (db: Db, chain: string): Promise<ChainReport> => {
  const tables = db.withTables<Tables>();
  let prev = chainStart;
  let seq = 0;
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
  if (Number(head?.seq ?? 0) !== seq || (head?.digest ?? chainStart) !== prev)
    return { intact: false, at: seq + 1, what: 'truncated' };
  return { intact: true, entries: seq };
};
