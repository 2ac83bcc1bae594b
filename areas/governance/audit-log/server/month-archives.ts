import { listArchives, sealedSpan } from '#kernel/audit/archive.store.ts';
import { type ArchiveResult, makeArchive, monthBounds } from '#kernel/audit/archive.ts';
import { serverActor } from '#kernel/audit/fact.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { keepingSettings, neverArchived } from '../model/audit-settings.ts';
import type { AuditLogParts } from './audit-log.parts.ts';
import { monthsBetween } from './months.ts';

const dayMs = 86_400_000;

/**
 * Archives the oldest whole month that is over for as many days as is set and has no archive of everything yet; one in each round, so that nothing else waits long.
 * Undefined where none is due. Entries leave the database by its owner alone, see adr/0023. Errors: throws where an archive does not verify, and it is tried again.
 */
export const archiveDue = async (parts: AuditLogParts): Promise<ArchiveResult | undefined> => {
  const { db, clock, desk } = parts;
  const days = await desk.numbers(keepingSettings.archiveDays);
  const span = days === neverArchived ? null : await sealedSpan(db);
  if (span === null) return undefined;
  const until = new Date(clock.now().getTime() - days * dayMs);
  const archived = new Set((await listArchives(db)).filter(({ kind }) => kind === 'all').map(({ month }) => month));
  const months = monthsBetween(shanghaiDay(span.from).slice(0, 7), shanghaiDay(span.to).slice(0, 7));
  const due = months.filter((month) => !archived.has(month) && monthBounds(month).until <= until);
  const broken: string[] = [];
  for (const month of due) {
    const result = await makeArchive(parts, { month, kind: 'all', actor: serverActor, traceId: '' });
    if (result.outcome === 'broken') broken.push(month);
    // A month without a seal has nothing to be archived; the next one is looked at, also behind one that does not verify.
    else if (result.outcome === 'done') return result;
  }
  if (broken.length > 0) throw new Error(`the archives of ${broken.join(', ')} do not verify`);
  return undefined;
};
