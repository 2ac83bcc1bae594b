import { Readable } from 'node:stream';
import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { CopyingConnection } from '#kernel/db/copy.ts';
import type { Tx } from '#kernel/db/database.ts';
import { applyMigrations, holdSchema, type Migration, noteOf, schemasOf } from '#kernel/db/migrate.ts';
import { dropFileKey } from '#kernel/files/file-key.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { BackupBroken, BackupRefused } from './backup-failure.ts';
import { isKept, type ListedFile, readFileList } from './file-list.ts';
import { type BackupManifest, type BackupTable, filesFolder, readManifest } from './manifest.ts';
import { measured } from './meter.ts';
import { keptRows, lookForFiles } from './read-backup.ts';
import { analyseTables, copyInText, countAllTables, emptyTables, listTables } from './tables.store.ts';
import { type Verified, verifyRestored } from './verify-restored.ts';

/** Where a backup goes. */
export interface RestoreParts {
  readonly folder: string;
  /** To an empty database, as the owner of its tables to be. */
  readonly connection: CopyingConnection;
  /** Where the bytes of files are to lie, past the product. */
  readonly files: FileStore;
  /** What this program knows, in its order. */
  readonly migrations: readonly Migration[];
  /** The cryptography over what was loaded. Errors: rejects, in words, when the key given does not open the sealed data. */
  readonly cryptoOver: (tx: Tx) => Promise<Crypto>;
  /** Restores although the log or steps do not verify: they did not before either. */
  readonly acceptFindings: boolean;
  readonly clock: Clock;
  /** Told of every part as it is begun. */
  readonly onPart: (what: string) => void;
}

/** What was restored. */
export interface Restored {
  readonly manifest: BackupManifest;
  readonly verified: Verified;
}

/** The migrations that make the tables as they were. Errors: throws BackupRefused where this program does not know all of them. */
const migrationsOf = (manifest: BackupManifest, known: readonly Migration[]): readonly Migration[] => {
  const wanted = new Map(manifest.migrations.map(({ id, digest }) => [id, digest]));
  const found = known.filter(({ id }) => wanted.has(id));
  const unknown = [...wanted.keys()].filter((id) => !known.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new BackupRefused(
      `备份由更新的版本（${manifest.productVersion}）制成，本程序不认识其中的数据库结构 ${unknown.join('、')}：请用制作备份的版本或更新的版本恢复`,
    );
  const other = found.filter((one) => noteOf(one).digest !== wanted.get(one.id));
  if (other.length > 0)
    throw new BackupRefused(
      `备份的数据库结构 ${other.map(({ id }) => id).join('、')} 与本程序的不同：请用制作备份的版本恢复`,
    );
  return found;
};

const refuseUnlessEmpty = async (tx: Tx): Promise<void> => {
  const tables = await countAllTables(tx);
  if (tables > 0)
    throw new BackupRefused(
      `目标数据库不是空的（已有 ${tables} 张表），没有改动任何内容：请恢复到新的空数据库，或换一个空的 DATA_DIR`,
    );
};

const loadTable = async ({ connection, folder, onPart }: RestoreParts, table: BackupTable): Promise<void> => {
  onPart(table.name);
  const rows = await connection.copyIn(copyInText(table), keptRows(folder, table));
  if (rows !== table.rows) throw new BackupBroken([`数据表 ${table.name} 装入 ${rows} 行，应为 ${table.rows} 行`]);
};

const load = async (parts: RestoreParts, tx: Tx, manifest: BackupManifest): Promise<void> => {
  const migrations = migrationsOf(manifest, parts.migrations);
  await applyMigrations(tx, migrations, parts.clock.now());
  const made = await listTables(tx, schemasOf(migrations));
  const shape = (tables: readonly { readonly name: string; readonly columns: readonly string[] }[]): string =>
    JSON.stringify(tables.map(({ name, columns }) => [name, [...columns].sort()]).sort());
  if (shape(made) !== shape(manifest.tables))
    throw new BackupRefused('备份中的表或列与其数据库结构不符：制作备份的数据库曾被另行改动，不能恢复');
  // Some migrations put rows into their tables; the backup holds those too.
  const names = made.map(({ name }) => name);
  await emptyTables(tx, names);
  for (const table of manifest.tables) await loadTable(parts, table);
  await analyseTables(tx, names);
};

const bringFile = async ({ folder, files }: RestoreParts, tx: Tx, file: ListedFile): Promise<void> => {
  // Nobody is to look for what was deleted in good order.
  if ('gone' in file) return dropFileKey(tx, file.key);
  if (!isKept(file)) return;
  const whole = async (store: FileStore): Promise<boolean> => {
    const { bytes, sm3 } = await measured(await store.get(file.key));
    return bytes === file.size && sm3 === file.sm3;
  };
  const kept = diskStore(filesFolder(folder));
  if (!(await whole(kept))) throw new BackupBroken([`文件 ${file.key} 的内容被改动：大小或摘要不符`]);
  // A restore that was interrupted has brought it already.
  if ((await files.exists(file.key)) && (await whole(files))) return;
  await files.put(file.key, Readable.from(await kept.get(file.key)));
  if (!(await whole(files))) throw new BackupBroken([`文件 ${file.key} 写入后读回的内容不符`]);
};

const bringFiles = async (parts: RestoreParts, tx: Tx, manifest: BackupManifest): Promise<void> => {
  parts.onPart('files');
  for await (const some of readFileList(parts.folder, manifest.files.sm3))
    await Promise.all(some.map((file) => bringFile(parts, tx, file)));
};

/** The rows are what was kept, by their digests; so it was the same in the database they were kept from. */
const unverified = (findings: readonly string[]): BackupRefused =>
  new BackupRefused(
    `数据与备份一致，但日志或办理步骤核验不过，没有恢复：\n${findings.map((one) => `  ${one}`).join('\n')}\n制作备份时就已如此。如果仍要恢复，请记下以上内容并加 --accept-findings`,
  );

const tell = (tx: Tx, clock: Clock, { manifest, verified }: Restored): Promise<unknown> => {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const detail = {
    backup: manifest.digest,
    momentAt: manifest.momentAt,
    tables: manifest.tables.length,
    rows,
    files: manifest.files.count,
    findings: verified.findings.length,
  };
  return appendFact(tx, { ...serverFact(clock.now(), 'kernel.backup.restored', detail), kind: 'security' });
};

/**
 * Brings a backup into an empty database and a file store, all of the database in one transaction that ends only when everything was found true: counts and digests,
 * the key, the log's chains and seals, the steps and their signatures, every file as it was read back. Whatever fails, or is killed, leaves the database empty.
 * Errors: throws BackupRefused, BackupBroken, and what `cryptoOver` throws. Source: tender T2.2, T5.6.
 */
export const restoreBackup = async (parts: RestoreParts): Promise<Restored> => {
  const { folder, connection, clock, onPart } = parts;
  const manifest = await readManifest(folder);
  migrationsOf(manifest, parts.migrations);
  return connection.transaction(async (tx) => {
    // A server that is started meanwhile waits here too.
    await holdSchema(tx);
    await refuseUnlessEmpty(tx);
    await lookForFiles(folder, manifest);
    await load(parts, tx, manifest);
    const crypto = await parts.cryptoOver(tx);
    onPart('verify');
    const verified = await verifyRestored(tx, crypto, clock);
    if (verified.findings.length > 0 && !parts.acceptFindings) throw unverified(verified.findings);
    await bringFiles(parts, tx, manifest);
    const restored = { manifest, verified };
    await tell(tx, clock, restored);
    return restored;
  });
};
