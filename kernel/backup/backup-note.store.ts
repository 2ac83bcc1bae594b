import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { BackupManifest } from './manifest.ts';

interface BackupTableRow {
  digest: string;
  place: string;
  moment_at: Date;
  ended_at: Date;
  files: string;
  bytes: string;
  copied_bytes: string;
  missing: string;
  checked_at: Date | null;
}

type Tables = { 'kernel.backup': BackupTableRow };

/** A backup as the running system knows of it. Bytes are those of rows and files before compression; `copiedBytes` of files no earlier backup beside it had. */
export interface NotedBackup {
  readonly place: string;
  readonly momentAt: Date;
  readonly endedAt: Date;
  readonly files: number;
  readonly bytes: number;
  readonly copiedBytes: number;
  /** Files that had been lost before. */
  readonly missing: number;
}

/** The newest backup; and when one was read back whole the last time, which need not be the newest. */
export interface BackupStanding {
  readonly last: NotedBackup | null;
  readonly checkedAt: Date | null;
  /** The moment of the backup that was read back whole then. */
  readonly checkedMomentAt: Date | null;
}

/** Notes that a backup was made, and where it lies. */
export const noteBackup = async (
  tx: Tx,
  { digest, momentAt, endedAt, files, tables }: BackupManifest,
  place: string,
): Promise<void> => {
  const rows = tables.reduce((sum, table) => sum + table.bytes, 0);
  await insertIfAbsent(tx, 'kernel.backup', {
    digest,
    place: place.slice(0, 400),
    moment_at: new Date(momentAt),
    ended_at: new Date(endedAt),
    files: String(files.count),
    bytes: String(rows + files.bytes),
    copied_bytes: String(files.copied?.bytes ?? files.bytes),
    missing: String(files.missing),
    checked_at: null,
  });
};

/** Notes that a backup was read back whole; false where this database knows of no such backup. */
export const noteChecked = async (tx: Tx, { digest }: BackupManifest, at: Date): Promise<boolean> => {
  const noted = await tx
    .withTables<Tables>()
    .updateTable('kernel.backup')
    .set({ checked_at: at })
    .where('digest', '=', digest)
    .executeTakeFirst();
  return noted.numUpdatedRows > 0n;
};

/** How the backups of this database stand. */
export const backupStanding = async (db: Db): Promise<BackupStanding> => {
  const backups = () => db.withTables<Tables>().selectFrom('kernel.backup').selectAll().limit(1);
  const [last, checked] = await Promise.all([
    backups().orderBy('moment_at', 'desc').executeTakeFirst(),
    backups().where('checked_at', 'is not', null).orderBy('checked_at', 'desc').executeTakeFirst(),
  ]);
  return {
    last: last
      ? {
          place: last.place,
          momentAt: last.moment_at,
          endedAt: last.ended_at,
          files: Number(last.files),
          bytes: Number(last.bytes),
          copiedBytes: Number(last.copied_bytes),
          missing: Number(last.missing),
        }
      : null,
    checkedAt: checked?.checked_at ?? null,
    checkedMomentAt: checked?.moment_at ?? null,
  };
};
