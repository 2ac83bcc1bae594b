import type { Db } from '#kernel/db/database.ts';
import type { TrailTables } from './entry.table.ts';

type Tables = TrailTables & {
  'kernel.audit_cut': { chain: string; seq: string; digest: string; archive_id: string };
  'kernel.audit_sealed_head': { seal: string; chain: string; from_seq: string; seq: string; digest: string };
};

/** The type of object an archive is in the log. */
export const archiveType = 'kernel.audit-archive';

/** The fact that entries left the database; nothing else makes their absence right. */
export const removalAction = 'kernel.audit.removeArchived';

/** The last entry of a chain that was removed. */
export interface Cut {
  readonly seq: number;
  readonly digest: string;
}

/**
 * Up to which seal each archive's removal reached, by the log itself. Only facts that a seal covers, or that wait for the next one, count:
 * once sealed, such a fact cannot be taken back.
 */
const removalsOf = async (db: Db, archives: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (archives.length === 0) return new Map();
  const rows = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_entry as e')
    .select(['e.object_id', 'e.detail'])
    .where(
      'e.chain',
      'in',
      archives.map((id) => `${archiveType}:${id}`),
    )
    .where('e.action', '=', removalAction)
    .where('e.outcome', '=', 'done')
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('kernel.audit_sealed_head as s')
            .select('s.seal')
            .whereRef('s.chain', '=', 'e.chain')
            .whereRef('s.seq', '>=', 'e.seq'),
        ),
        exists(
          selectFrom('kernel.audit_head as h')
            .select('h.seq')
            .whereRef('h.chain', '=', 'e.chain')
            .whereRef('h.seq', '>=', 'e.seq')
            .where('h.unsealed', '=', true),
        ),
      ]),
    )
    .execute();
  return new Map(
    rows.map(({ object_id, detail }) => [
      object_id ?? '',
      Number((JSON.parse(detail) as { toSeal?: unknown }).toSeal ?? 0),
    ]),
  );
};

/**
 * Up to where each of these chains was archived and removed. A cut by itself says nothing: it is believed where a sealed stretch ends in just
 * that digest, the chain goes on after it (the newest stretch is never removed), and the log tells of a removal that reached its seal.
 */
export const cutsOf = async (db: Db, chains: readonly string[]): Promise<ReadonlyMap<string, Cut>> => {
  if (chains.length === 0) return new Map();
  const cuts = await db
    .withTables<Tables>()
    .selectFrom('kernel.audit_cut as c')
    .innerJoin('kernel.audit_sealed_head as s', (join) =>
      join.onRef('s.chain', '=', 'c.chain').onRef('s.seq', '=', 'c.seq').onRef('s.digest', '=', 'c.digest'),
    )
    .select(['c.chain', 'c.seq', 'c.digest', 'c.archive_id', 's.seal'])
    .where('c.chain', 'in', chains)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('kernel.audit_sealed_head as l')
          .select('l.seal')
          .whereRef('l.chain', '=', 'c.chain')
          .whereRef('l.seq', '>', 'c.seq'),
      ),
    )
    .orderBy('c.seq')
    .execute();
  const removals = await removalsOf(db, [...new Set(cuts.map(({ archive_id }) => archive_id))]);
  return new Map(
    cuts
      .filter(({ archive_id, seal }) => Number(seal) <= (removals.get(archive_id) ?? 0))
      .map(({ chain, seq, digest }) => [chain, { seq: Number(seq), digest }]),
  );
};
