import { sql } from 'kysely';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { ArchiveKind } from './archive-format.ts';
import { archiveType, removalAction } from './cut.store.ts';

/** An archive as it is kept: what it covers, and the file's size and SM3. Its id is the file's key. */
export interface ArchiveRecord {
  readonly id: string;
  /** `yyyy-MM`. */
  readonly month: string;
  readonly kind: ArchiveKind;
  readonly fromSeal: number;
  readonly toSeal: number;
  readonly entries: number;
  readonly bytes: number;
  readonly sm3: string;
  readonly madeAt: Date;
  readonly madeBy: string;
  /** Whether its entries have since been removed from the database. */
  readonly removed: boolean;
}

type Tables = {
  'kernel.audit_archive': {
    id: string;
    month: string;
    kind: string;
    from_seal: string;
    to_seal: string;
    entries: string;
    bytes: string;
    sm3: string;
    made_at: Date;
    made_by: string;
  };
  'kernel.audit_seal': { number: string; at: Date };
  'kernel.audit_entry': { chain: string; seq: string; action: string };
};

/** The archives there are, newest month first. */
export const listArchives = async (db: Db | Tx): Promise<readonly ArchiveRecord[]> => {
  const tables = db.withTables<Tables>();
  const rows = await tables
    .selectFrom('kernel.audit_archive as a')
    .selectAll()
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('kernel.audit_entry as e')
            .select('e.seq')
            .where('e.chain', '=', sql<string>`${`${archiveType}:`} || a.id`)
            .where('e.action', '=', removalAction),
        )
        .as('removed'),
    )
    .orderBy('month', 'desc')
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    month: row.month,
    // Written from this union by addArchive.
    kind: row.kind as ArchiveKind,
    fromSeal: Number(row.from_seal),
    toSeal: Number(row.to_seal),
    entries: Number(row.entries),
    bytes: Number(row.bytes),
    sm3: row.sm3,
    madeAt: row.made_at,
    madeBy: row.made_by,
    removed: Boolean(row.removed),
  }));
};

/** Writes down an archive whose file is kept. */
export const addArchive = async (tx: Tx, one: Omit<ArchiveRecord, 'removed'>): Promise<void> => {
  await tx
    .withTables<Tables>()
    .insertInto('kernel.audit_archive')
    .values({
      id: one.id,
      month: one.month,
      kind: one.kind,
      from_seal: String(one.fromSeal),
      to_seal: String(one.toSeal),
      entries: String(one.entries),
      bytes: String(one.bytes),
      sm3: one.sm3,
      made_at: one.madeAt,
      made_by: one.madeBy,
    })
    .execute();
};

/** The number of the first seal made at or after an instant; one more than the newest when there is none. */
export const firstSealFrom = async (db: Db, at: Date): Promise<number> => {
  const tables = db.withTables<Tables>();
  const first = await tables
    .selectFrom('kernel.audit_seal')
    .select('number')
    .where('at', '>=', at)
    .orderBy('at')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (first) return Number(first.number);
  const last = await tables
    .selectFrom('kernel.audit_seal')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(last?.number ?? 0) + 1;
};

/** The months in which seals were made, from the first one's to the newest one's; null before the first. */
export const sealedSpan = async (db: Db): Promise<{ readonly from: Date; readonly to: Date } | null> => {
  const end = (order: 'asc' | 'desc') =>
    db
      .withTables<Tables>()
      .selectFrom('kernel.audit_seal')
      .select('at')
      .orderBy('number', order)
      .limit(1)
      .executeTakeFirst();
  const [first, last] = [await end('asc'), await end('desc')];
  return first && last ? { from: first.at, to: last.at } : null;
};

/** Up to which seal entries have been removed; 0 when none were. */
export const removedUpTo = async (db: Db | Tx): Promise<number> =>
  Math.max(0, ...(await listArchives(db)).filter(({ removed }) => removed).map(({ toSeal }) => toSeal));

/** What removing came to. */
export interface Removed {
  /** Entries that left, and how many should have. */
  readonly entries: number;
  readonly due: number;
  readonly chains: number;
  /** Entries under the archive's seals, whether they left or stay. */
  readonly covered: number;
}

/**
 * Removes the entries an archive covers and leaves, for each chain, where it was cut. The newest sealed stretch of every chain stays, so that the
 * last word about a matter can always be read; it leaves with a later archive once the chain has gone on. Only the owner of the database may do this.
 */
export const removeEntries = async (
  ownerTx: Tx,
  { id, fromSeal, toSeal }: Pick<ArchiveRecord, 'id' | 'fromSeal' | 'toSeal'>,
): Promise<Removed> => {
  const leaving = sql`select s.chain, s.from_seq, s.seq, s.digest from kernel.audit_sealed_head s
    where s.seal <= ${toSeal}
    and exists (select 1 from kernel.audit_sealed_head l where l.chain = s.chain and l.seq > s.seq)
    and not exists (select 1 from kernel.audit_cut c where c.chain = s.chain and c.seq >= s.seq)`;
  const count = await sql<{ due: string; covered: string }>`select
    (select coalesce(sum(g.seq - g.from_seq), 0) from (${leaving}) g) as due,
    (select coalesce(sum(s.seq - s.from_seq), 0) from kernel.audit_sealed_head s
      where s.seal between ${fromSeal} and ${toSeal}) as covered`.execute(ownerTx);
  const gone = await sql`delete from kernel.audit_entry e using (${leaving}) g
    where e.chain = g.chain and e.seq > g.from_seq and e.seq <= g.seq`.execute(ownerTx);
  const cuts = await sql`insert into kernel.audit_cut (chain, seq, digest, archive_id)
    select distinct on (g.chain) g.chain, g.seq, g.digest, ${id} from (${leaving}) g
    order by g.chain, g.seq desc`.execute(ownerTx);
  return {
    entries: Number(gone.numAffectedRows ?? 0n),
    due: Number(count.rows[0]?.due ?? 0),
    chains: Number(cuts.numAffectedRows ?? 0n),
    covered: Number(count.rows[0]?.covered ?? 0),
  };
};
