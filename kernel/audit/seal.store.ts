import { sql } from 'kysely';
import { type Db, inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { insertIfAbsent, skipLocked } from '#kernel/db/dialect/postgres.ts';
import type { EntryTable, TrailTables } from './entry.table.ts';
import { chainStart } from './fact.ts';
import { keyIdOf, type Seal, type SealedHead, sealDigest, sealScheme } from './seal.ts';

interface SealTable {
  number: string;
  scheme: number;
  at: Date;
  key_id: string;
  prev: string;
  heads: number;
  digest: string;
  signature: string;
}

interface SealedHeadTable {
  seal: string;
  place: number;
  chain: string;
  from_seq: string;
  from_digest: string;
  seq: string;
  digest: string;
}

type Tables = TrailTables & {
  'kernel.audit_seal': SealTable;
  'kernel.audit_sealed_head': SealedHeadTable;
  'kernel.audit_key': { key_id: string; public_key: string; made_at: Date };
};

/** The server's key: its public half, and signing a digest with it. */
export interface SealKey {
  publicKey(tx: Tx): Promise<string>;
  sign(tx: Tx, digest: string): Promise<string>;
}

/** What making a seal needs. */
export interface SealParts {
  readonly db: Db;
  readonly now: Date;
  readonly key: SealKey;
  /** Heads in one seal, at most. */
  readonly most: number;
}

/** Where seals stand: the newest one, number 0 before the first. */
export interface LastSeal {
  readonly number: number;
  readonly digest: string;
  readonly at: Date | null;
}

/** The newest seal. */
export const lastSeal = async (db: Db | Tx): Promise<LastSeal> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_seal')
    .select(['number', 'digest', 'at'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row
    ? { number: Number(row.number), digest: row.digest, at: row.at }
    : { number: 0, digest: chainStart, at: null };
};

/** How many chains have moved since they were sealed; counts no further than asked. */
export const countUnsealed = async (db: Db, upTo: number): Promise<number> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_head')
    .select('chain')
    .where('unsealed', '=', true)
    .limit(upTo)
    .execute();
  return rows.length;
};

const movedHeads = async (tx: Tx, most: number): Promise<readonly SealedHead[]> => {
  const heads = await tx
    .withTables<Tables>()
    .selectFrom('kernel.audit_head as h')
    .select(['h.chain', 'h.seq', 'h.digest'])
    // One look into the index for each chain, however often it was sealed before.
    .select(({ selectFrom }) => [
      selectFrom('kernel.audit_sealed_head as s')
        .select('s.seq')
        .whereRef('s.chain', '=', 'h.chain')
        .orderBy('s.seq', 'desc')
        .limit(1)
        .as('from_seq'),
      selectFrom('kernel.audit_sealed_head as s')
        .select('s.digest')
        .whereRef('s.chain', '=', 'h.chain')
        .orderBy('s.seq', 'desc')
        .limit(1)
        .as('from_digest'),
    ])
    .where('h.unsealed', '=', true)
    .limit(most)
    .execute();
  return heads
    .map(({ chain, seq, digest, from_seq, from_digest }) => ({
      chain,
      fromSeq: Number(from_seq ?? 0),
      fromDigest: from_digest ?? chainStart,
      seq: Number(seq),
      digest,
    }))
    .sort((a, b) => (a.chain < b.chain ? -1 : 1));
};

const keepSeal = async (tx: Tx, seal: Seal, publicKey: string): Promise<void> => {
  const tables = tx.withTables<Tables>();
  await insertIfAbsent(tx, 'kernel.audit_key', { key_id: seal.keyId, public_key: publicKey, made_at: seal.at });
  await tables
    .insertInto('kernel.audit_seal')
    .values({
      number: String(seal.number),
      scheme: seal.scheme,
      at: new Date(seal.at),
      key_id: seal.keyId,
      prev: seal.prev,
      heads: seal.heads.length,
      digest: seal.digest,
      signature: seal.signature,
    })
    .execute();
  const rows = seal.heads.map((head, place) => ({
    seal: String(seal.number),
    place,
    chain: head.chain,
    from_seq: String(head.fromSeq),
    from_digest: head.fromDigest,
    seq: String(head.seq),
    digest: head.digest,
  }));
  for (let from = 0; from < rows.length; from += 1_000) {
    await tables
      .insertInto('kernel.audit_sealed_head')
      .values(rows.slice(from, from + 1_000))
      .execute();
  }
};

/** Takes the mark off the chains a seal has caught up with. Those somebody is writing just now stay marked and are looked at again. */
const unmark = async (db: Db, chains: readonly string[]): Promise<void> => {
  await sql`update kernel.audit_head set unsealed = false where chain in (
    select h.chain from kernel.audit_head h where h.chain in (${sql.join(chains)}) and h.unsealed
    and exists (select 1 from kernel.audit_sealed_head s where s.chain = h.chain and s.seq = h.seq)
    ${skipLocked})`.execute(db);
};

/**
 * Seals every chain that has moved, up to `most`; undefined when none has, or when another process was faster. No chain is locked while
 * the seal is made, so that no writer waits for it.
 */
export const sealHeads = async ({ db, now, key, most }: SealParts): Promise<Seal | undefined> => {
  let marked: readonly string[] = [];
  try {
    const made = await inTransaction(db, async (tx) => {
      // The last seal first: whoever was faster is met at the number, never in the heads.
      const last = await lastSeal(tx);
      const moved = await movedHeads(tx, most);
      marked = moved.map(({ chain }) => chain);
      const heads = moved.filter(({ fromSeq, seq }) => seq > fromSeq);
      if (heads.length === 0) return undefined;
      const publicKey = await key.publicKey(tx);
      const body = {
        number: last.number + 1,
        scheme: sealScheme,
        at: now.toISOString(),
        keyId: keyIdOf(publicKey),
        prev: last.digest,
        heads,
      };
      const digest = sealDigest(body);
      const seal: Seal = { ...body, digest, signature: await key.sign(tx, digest) };
      await keepSeal(tx, seal, publicKey);
      return seal;
    });
    if (marked.length > 0) await unmark(db, marked);
    return made;
  } catch (error) {
    if (uniqueViolation(error) !== undefined) return undefined;
    throw error;
  }
};

/** The public keys seals were made with, by their id. */
export const sealKeys = async (db: Db | Tx): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.withTables<Tables>().selectFrom('kernel.audit_key').select(['key_id', 'public_key']).execute();
  return new Map(rows.map(({ key_id, public_key }) => [key_id, public_key]));
};

/** Seals of these numbers with their heads, in order. */
export const sealsBetween = async (db: Db, from: number, to: number): Promise<readonly Seal[]> => {
  const tables = db.withTables<Tables>();
  const rows = await tables
    .selectFrom('kernel.audit_seal')
    .selectAll()
    .where('number', '>=', String(from))
    .where('number', '<=', String(to))
    .orderBy('number')
    .execute();
  const heads = await tables
    .selectFrom('kernel.audit_sealed_head')
    .selectAll()
    .where('seal', '>=', String(from))
    .where('seal', '<=', String(to))
    .orderBy('seal')
    .orderBy('place')
    .execute();
  const bySeal = Map.groupBy(heads, ({ seal }) => seal);
  return rows.map((row) => ({
    number: Number(row.number),
    scheme: row.scheme,
    at: row.at.toISOString(),
    keyId: row.key_id,
    prev: row.prev,
    heads: (bySeal.get(row.number) ?? []).map((head) => ({
      chain: head.chain,
      fromSeq: Number(head.from_seq),
      fromDigest: head.from_digest,
      seq: Number(head.seq),
      digest: head.digest,
    })),
    digest: row.digest,
    signature: row.signature,
  }));
};

/** An entry with the seal that covers it. */
export type SealedEntry = EntryTable & { readonly seal: string };

/** The entries that seals of these numbers cover, of one chain or all, by seal and in the order of its heads. */
export const entriesUnder = async (db: Db, from: number, to: number, chain?: string): Promise<readonly SealedEntry[]> =>
  db
    .withTables<Tables>()
    .selectFrom('kernel.audit_sealed_head as s')
    .innerJoin('kernel.audit_entry as e', (join) =>
      join.onRef('e.chain', '=', 's.chain').onRef('e.seq', '>', 's.from_seq').onRef('e.seq', '<=', 's.seq'),
    )
    .selectAll('e')
    .select('s.seal')
    .where('s.seal', '>=', String(from))
    .where('s.seal', '<=', String(to))
    .$if(chain !== undefined, (query) => query.where('s.chain', '=', chain ?? ''))
    .orderBy('s.seal')
    .orderBy('s.place')
    .orderBy('e.seq')
    .execute();

/** The seals that name a chain, oldest first: number, and how far the chain had come. The newest ones when there are many. */
export const sealsOfChain = async (
  db: Db,
  chain: string,
  most: number,
): Promise<readonly { readonly seal: number; readonly seq: number; readonly digest: string }[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_sealed_head')
    .select(['seal', 'seq', 'digest'])
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ seal, seq, digest }) => ({ seal: Number(seal), seq: Number(seq), digest })).reverse();
};
