import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { backupNoteMigration } from '#kernel/backup/backup-note.migration.ts';
import { noteBackup, noteChecked } from '#kernel/backup/backup-note.store.ts';
import { type ShelvedBackup, shelveBackup } from '#kernel/backup/backup-shelf.ts';
import { makeBackup } from '#kernel/backup/make-backup.ts';
import type { BackupManifest } from '#kernel/backup/manifest.ts';
import { checkBackup } from '#kernel/backup/read-backup.ts';
import { type Restored, restoreBackup } from '#kernel/backup/restore.ts';
import { queueStandings } from '#kernel/connector/outbox-standing.store.ts';
import { type CopyingConnection, openCopying } from '#kernel/db/copy.ts';
import { type Db, inTransaction, openDatabase, type Tx } from '#kernel/db/database.ts';
import { appliedMigrations } from '#kernel/db/migrate.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { startEdition } from './crypto-edition.ts';
import { addressesOf, leaveEmbedded } from './database.ts';
import { tellingMark } from './demo/telling-mark.ts';
import { connectors, migrations } from './plans.ts';
import { type Settings, SettingsWrong } from './settings.ts';
import { storeOf } from './stored-files.ts';

/** What both commands work with. */
export interface BackupCommand {
  readonly settings: Settings;
  readonly folder: string;
  readonly clock: Clock;
  readonly onPart: (what: string) => void;
}

/** Lets work have the database as its owner; one of our own that was not running before is stopped again. */
const asOwner = async <T>(
  settings: Settings,
  work: (connection: CopyingConnection, db: Db) => Promise<T>,
): Promise<T> => {
  const { ownerUrl, embedded } = await addressesOf(settings);
  try {
    const connection = await openCopying(ownerUrl);
    const { db, close } = openDatabase({ url: ownerUrl, poolSize: 1 });
    try {
      return await work(connection, db);
    } finally {
      await close();
      await connection.close();
    }
  } finally {
    await leaveEmbedded(embedded);
  }
};

const productVersion = (): string => {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
};

/** Before an upgrade the new program keeps a database that has no table of backups yet. */
const knowsBackups = async (tx: Tx): Promise<boolean> =>
  (await appliedMigrations(tx)).some(({ id }) => id === backupNoteMigration.id);

const noteCheckedWhereKnown = async (tx: Tx, manifest: BackupManifest, at: Date): Promise<boolean> =>
  (await knowsBackups(tx)) && noteChecked(tx, manifest, at);

/** Tells the log and the running system of a backup. */
const tell = async (db: Db, clock: Clock, manifest: BackupManifest, folder: string): Promise<void> => {
  const { digest, momentAt, tables, files } = manifest;
  const { count, missing, gone } = files;
  const detail = { backup: digest, momentAt, tables: tables.length, files: count, missing, gone };
  const fact = serverFact(clock.now(), 'kernel.backup.made', detail);
  await inTransaction(db, async (tx) => {
    if (await knowsBackups(tx)) await noteBackup(tx, manifest, folder);
    await appendFact(tx, { ...fact, kind: 'security' });
  });
};

/** Makes a backup of what the settings name, running or not, and leaves a fact in the log. Errors: throws BackupRefused. */
export const backUp = ({ settings, folder, clock, onPart }: BackupCommand): Promise<BackupManifest> =>
  asOwner(settings, async (connection, db) => {
    const parts = { connection, db, files: storeOf(settings), productVersion: productVersion(), clock, onPart };
    const manifest = await makeBackup({ ...parts, folder });
    await tell(db, clock, manifest, folder);
    return manifest;
  });

/** The same below `folder` beside earlier ones, of which as many stay as the settings say; where it is to be `checked` none goes before it was read back whole. */
export const backUpInto = (
  { settings, folder, clock, onPart }: BackupCommand,
  checked: boolean,
): Promise<ShelvedBackup> =>
  asOwner(settings, (connection, db) => {
    const parts = { connection, db, files: storeOf(settings), productVersion: productVersion(), clock, onPart };
    return shelveBackup(folder, settings.backups.keep, parts, async (made, manifest) => {
      await tell(db, clock, manifest, made);
      if (!checked) return;
      await checkBackup(made);
      await inTransaction(db, (tx) => noteCheckedWhereKnown(tx, manifest, clock.now()));
    });
  });

/** Reads a backup back whole and tells the running system; false where it was made of another database. Errors: throws BackupRefused, BackupBroken. */
export const checkAndNote = async ({ settings, folder, clock }: BackupCommand): Promise<boolean> => {
  const manifest = await checkBackup(folder);
  return asOwner(settings, (_, db) => inTransaction(db, (tx) => noteCheckedWhereKnown(tx, manifest, clock.now())));
};

/** What a restore leaves to be looked at. */
export interface RestoreReport extends Restored {
  /** Messages to outside systems that the server will send as soon as it is started. */
  readonly unsent: readonly { readonly system: string; readonly count: number }[];
}

/**
 * Restores a backup into the empty database and the file store the settings name. Errors: throws BackupRefused, BackupBroken, SettingsWrong for a missing or wrong
 * master key; nothing stays in the database then.
 */
export const restoreFrom = async (
  { settings, folder, clock, onPart }: BackupCommand,
  acceptFindings: boolean,
): Promise<RestoreReport> => {
  const { url } = settings.crypto;
  if (url === null && !existsSync(settings.masterKeyFile))
    throw new SettingsWrong(
      `没有主密钥文件 ${settings.masterKeyFile}：备份中不含主密钥，请先把原系统的主密钥文件放到这里（或用 MASTER_KEY_FILE 指明）`,
    );
  return asOwner(settings, async (connection, db) => {
    const restored = await restoreBackup({
      folder,
      connection,
      files: storeOf(settings),
      migrations,
      cryptoOver: async (tx) => (await startEdition(settings, tx, clock)).crypto,
      acceptFindings,
      clock,
      onPart,
    });
    tellingMark(settings.dataDir).clear();
    const titles = new Map(connectors.map(({ id, title }) => [id, title]));
    const standings = await queueStandings(db, [...titles.keys()], clock.now());
    const unsent = standings.map(({ connector, due, later }) => ({
      system: titles.get(connector) ?? connector,
      count: due + later,
    }));
    return { ...restored, unsent: unsent.filter(({ count }) => count > 0) };
  });
};
