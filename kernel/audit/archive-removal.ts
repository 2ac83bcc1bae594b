import type { Readable } from 'node:stream';
import { sm3Stream } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { listArchives, removedUpTo, removeEntries } from './archive.store.ts';
import { monthBounds, trustedKeys } from './archive.ts';
import { archiveType, removalAction } from './cut.store.ts';
import { serverActor } from './fact.ts';
import { appendFact } from './trail.store.ts';
import { type ArchiveReport, isWhole, verifyArchive } from './verify-archive.ts';

/** Why entries were not removed. `not-next`: an older month still stands in the database. */
export type RemovalRefusal = 'unknown-archive' | 'partial' | 'kept-longer' | 'not-next' | 'already-removed' | 'broken';

/** How removing ended. */
export type RemovalResult =
  | { readonly outcome: 'done'; readonly entries: number; readonly chains: number }
  | { readonly outcome: RemovalRefusal; readonly report?: ArchiveReport };

/** What removing needs: the owner's database, and the file itself, opened anew each time. */
export interface RemovalParts {
  readonly ownerDb: Db;
  readonly clock: Clock;
  /** Whole months an entry stays in the database after its own. */
  readonly keptMonths: number;
  readonly open: () => Readable;
}

/** Retention can be set longer, never shorter. Source: 网络安全法第二十一条（日志留存不少于六个月）. */
export const leastKeptMonths = 6;

const monthsLater = (from: Date, months: number): Date => {
  const later = new Date(from);
  later.setUTCMonth(later.getUTCMonth() + months);
  return later;
};

/** Removes what an archive holds from the database: only past retention, oldest month first, and only when the file itself is whole and the one that was made. */
export const removeArchived = async (parts: RemovalParts): Promise<RemovalResult> => {
  const { ownerDb, clock, open } = parts;
  const sm3 = sm3Stream();
  for await (const piece of open() as AsyncIterable<Buffer>) sm3.update(piece);
  const digest = sm3.digest('hex');
  const archive = (await listArchives(ownerDb)).find((one) => one.sm3 === digest);
  if (!archive) return { outcome: 'unknown-archive' };
  if (archive.kind !== 'all') return { outcome: 'partial' };
  if (archive.removed) return { outcome: 'already-removed' };
  const { until } = monthBounds(archive.month);
  if (monthsLater(until, Math.max(leastKeptMonths, parts.keptMonths)) > clock.now()) return { outcome: 'kept-longer' };
  if ((await removedUpTo(ownerDb)) !== archive.fromSeal - 1) return { outcome: 'not-next' };
  const report = await verifyArchive(open(), await trustedKeys(ownerDb));
  if (!isWhole(report)) return { outcome: 'broken', report };
  return inTransaction(ownerDb, async (tx) => {
    const removed = await removeEntries(tx, archive);
    if (removed.covered !== archive.entries || removed.entries !== removed.due)
      throw new Error(
        `${removed.entries} of ${removed.due} entries removed, ${removed.covered} of ${archive.entries} archived`,
      );
    const { entries, chains } = removed;
    await appendFact(tx, {
      at: clock.now(),
      kind: 'security',
      action: removalAction,
      actor: serverActor,
      object: { type: archiveType, id: archive.id },
      outcome: 'done',
      detail: {
        month: archive.month,
        entries,
        chains,
        fromSeal: archive.fromSeal,
        toSeal: archive.toSeal,
        sm3: digest,
      },
      traceId: '',
    });
    return { outcome: 'done', entries, chains } as const;
  });
};
