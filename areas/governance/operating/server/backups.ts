import { backupStanding } from '#kernel/backup/backup-note.store.ts';
import type { BackupsView } from '../model/operating.contract.ts';
import type { OperatingParts } from './operating.parts.ts';

const hourMs = 3_600_000;

/** How the backups stand, and whether there should be a newer one. Source: tender T2.2. */
export const backupsOf = async ({ db, clock, backupLateHours: lateHours }: OperatingParts): Promise<BackupsView> => {
  const { last, checkedAt, checkedMomentAt } = await backupStanding(db);
  return {
    last: last && { ...last, momentAt: last.momentAt.toISOString(), endedAt: last.endedAt.toISOString() },
    checked:
      checkedAt && checkedMomentAt ? { at: checkedAt.toISOString(), momentAt: checkedMomentAt.toISOString() } : null,
    late: last === null || clock.now().getTime() - last.momentAt.getTime() > lateHours * hourMs,
    lateHours,
  };
};

/** Tells Prometheus of the newest backup. What never was is infinitely old, so that whoever is woken by its age is woken by its absence too. */
export const tellBackups = ({ telemetry, db, clock }: OperatingParts): void => {
  const ageOf = (at: Date | null | undefined): Record<string, number> => ({
    '': at ? (clock.now().getTime() - at.getTime()) / 1000 : Number.POSITIVE_INFINITY,
  });
  telemetry.tell({
    name: 'hushang_backup_age_seconds',
    help: 'Age of the state the newest backup holds',
    read: async () => ageOf((await backupStanding(db)).last?.momentAt),
  });
  telemetry.tell({
    name: 'hushang_backup_bytes',
    help: 'Bytes of rows and files in the newest backup before compression',
    read: async () => ({ '': (await backupStanding(db)).last?.bytes ?? 0 }),
  });
  telemetry.tell({
    name: 'hushang_backup_checked_age_seconds',
    help: 'Time since a backup was read back whole',
    read: async () => ageOf((await backupStanding(db)).checkedAt),
  });
};
