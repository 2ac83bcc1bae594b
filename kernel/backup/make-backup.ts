import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { CopyingConnection } from '#kernel/db/copy.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type AppliedMigration, appliedMigrations, schemasOf } from '#kernel/db/migrate.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { BackupRefused } from './backup-failure.ts';
import { keepFiles, keysPath, WentAway } from './keep-files.ts';
import { spokenOf } from './kept-file.store.ts';
import {
  type BackupManifest,
  type BackupTable,
  backupFormat,
  filesFolder,
  manifestName,
  sealedManifest,
  tablePath,
} from './manifest.ts';
import { Meter } from './meter.ts';
import { copyOutText, databaseTime, listTables, type TableShape } from './tables.store.ts';

/** What a backup is made of and where it goes. */
export interface BackupParts {
  /** Of the owner of the tables. */
  readonly connection: CopyingConnection;
  /** The database as it goes on meanwhile. */
  readonly db: Db;
  /** Where the bytes of files lie, past the product: they are kept as they lie, sealed. */
  readonly files: FileStore;
  /** A folder that is not there yet, or is empty. */
  readonly folder: string;
  /** A whole backup beside it on the same disk, whose files need no second copy. */
  readonly earlier?: string;
  readonly productVersion: string;
  readonly clock: Clock;
  /** Told of every table and of the files, as they are begun. */
  readonly onPart: (what: string) => void;
}

const attempts = 3;
/** Most of what can be won, at a third of the time. */
const gzipLevel = 3;

const keepTable = async ({ connection, folder, onPart }: BackupParts, table: TableShape): Promise<BackupTable> => {
  onPart(table.name);
  const meter = new Meter();
  const target = createWriteStream(tablePath(folder, table.name), { mode: 0o600, flush: true });
  const rows = connection.copyOut(copyOutText(table));
  await pipeline(meter.through(rows), createGzip({ level: gzipLevel }), target);
  const { bytes, lines, sm3 } = meter.total();
  return { name: table.name, columns: [...table.columns], rows: lines, bytes, sm3 };
};

const keyLines = async function* (tx: Tx): AsyncGenerator<string> {
  for await (const page of spokenOf(tx)) for (const one of page) yield `${JSON.stringify(one)}\n`;
};

interface Moment {
  readonly at: Date;
  readonly migrations: readonly AppliedMigration[];
  readonly tables: readonly BackupTable[];
}

/** Keeps all tables, and which files they speak of, as of one moment. */
const keepTables = (parts: BackupParts): Promise<Moment> =>
  parts.connection.transaction(async (tx) => {
    const migrations = await appliedMigrations(tx);
    if (migrations.length === 0)
      throw new BackupRefused('数据库是空的，没有可备份的内容：请检查 DATABASE_URL 或 DATA_DIR');
    const at = await databaseTime(tx);
    const tables: BackupTable[] = [];
    for (const table of await listTables(tx, schemasOf(migrations))) tables.push(await keepTable(parts, table));
    await pipeline(Readable.from(keyLines(tx)), createWriteStream(keysPath(parts.folder), { mode: 0o600 }));
    return { at, migrations, tables };
  }, 'one-moment');

const kept = async (parts: BackupParts): Promise<Moment & Pick<BackupManifest, 'files'>> => {
  for (let attempt = 1; ; attempt += 1) {
    const moment = await keepTables(parts);
    try {
      return { ...moment, files: await keepFiles(parts) };
    } catch (error) {
      if (!(error instanceof WentAway)) throw error;
      if (attempt >= attempts) throw new BackupRefused('备份期间不断有文件被删除，取不到一致的状态：请过一会儿再试');
    }
  }
};

const begin = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there = await readdir(folder);
  if (there.includes(manifestName)) throw new BackupRefused(`${folder} 已有一份备份：请另给一个目录，备份不会被覆盖`);
  if (there.length > 0)
    throw new BackupRefused(`${folder} 不是空目录：请另给一个目录；如果是上次中断的备份，请先删除它`);
  await mkdir(join(folder, 'tables'), { mode: 0o700 });
  await mkdir(filesFolder(folder), { mode: 0o700 });
};

const writeManifest = async (folder: string, manifest: BackupManifest): Promise<void> => {
  const unfinished = join(folder, `${manifestName}.part`);
  await writeFile(unfinished, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(unfinished, join(folder, manifestName));
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
};

/**
 * Keeps one consistent state of database and files in a folder, while the system goes on. The manifest comes last, so that what is interrupted is no backup; what
 * fails leaves an empty folder. Errors: throws BackupRefused. Source: tender T2.2, T5.6.
 */
export const makeBackup = async (parts: BackupParts): Promise<BackupManifest> => {
  const { folder, clock, productVersion } = parts;
  await begin(folder);
  try {
    const startedAt = clock.now();
    const { at, migrations, tables, files } = await kept(parts);
    await rm(keysPath(folder));
    const manifest = sealedManifest({
      format: backupFormat,
      productVersion,
      startedAt: startedAt.toISOString(),
      momentAt: at.toISOString(),
      endedAt: clock.now().toISOString(),
      migrations: [...migrations],
      tables: [...tables],
      files,
    });
    await writeManifest(folder, manifest);
    return manifest;
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
};
