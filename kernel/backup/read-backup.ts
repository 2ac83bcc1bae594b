import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { diskStore } from '#kernel/files/store.disk.ts';
import { BackupBroken } from './backup-failure.ts';
import { isKept, type ListedFile, readFileList } from './file-list.ts';
import { type BackupManifest, type BackupTable, filesFolder, readManifest, tablePath } from './manifest.ts';
import { Meter, measured } from './meter.ts';

/** The rows of a table as they were kept. Errors: throws BackupBroken where they are not what they were, at their end at the latest. */
export const keptRows = async function* (folder: string, table: BackupTable): AsyncGenerator<Buffer> {
  const meter = new Meter();
  const broken = (what: string): BackupBroken => new BackupBroken([`数据表 ${table.name} 的备份文件${what}`]);
  const source = createReadStream(tablePath(folder, table.name));
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  try {
    yield* meter.through(source.pipe(unpacked));
  } catch (error) {
    throw broken(error instanceof Error && 'code' in error && error.code === 'ENOENT' ? '不见了' : '损坏或被截断');
  }
  const { sm3, lines } = meter.total();
  if (lines !== table.rows) throw broken(`有 ${lines} 行，应为 ${table.rows} 行`);
  if (sm3 !== table.sm3) throw broken('内容被改动：摘要不符');
};

/** Faults are named up to this many; more say nothing new. */
const mostFaults = 50;

const faultOfFile = async (folder: string, file: ListedFile): Promise<string | undefined> => {
  if (!isKept(file)) return undefined;
  const kept = diskStore(filesFolder(folder));
  if (!(await kept.exists(file.key))) return `文件 ${file.key} 不见了`;
  const { bytes, sm3 } = await measured(await kept.get(file.key));
  return bytes === file.size && sm3 === file.sm3 ? undefined : `文件 ${file.key} 的内容被改动：大小或摘要不符`;
};

const rememberBroken = (faults: string[], error: unknown): void => {
  if (!(error instanceof BackupBroken)) throw error;
  faults.push(...error.what);
};

/** Reads a backup to its end against its manifest. Errors: throws BackupRefused where there is none, BackupBroken with every fault. */
export const checkBackup = async (folder: string): Promise<BackupManifest> => {
  const manifest = await readManifest(folder);
  const faults: string[] = [];
  for (const table of manifest.tables) {
    try {
      for await (const _rows of keptRows(folder, table));
    } catch (error) {
      rememberBroken(faults, error);
    }
  }
  try {
    for await (const some of readFileList(folder, manifest.files.sm3)) {
      const found = await Promise.all(some.map((file) => faultOfFile(folder, file)));
      faults.push(...found.flatMap((fault) => (fault === undefined ? [] : [fault])));
      if (faults.length >= mostFaults) break;
    }
  } catch (error) {
    rememberBroken(faults, error);
  }
  if (faults.length > 0) throw new BackupBroken(faults.slice(0, mostFaults));
  return manifest;
};

/** Looks, without reading them, whether all files of a backup are there. Errors: throws BackupBroken. */
export const lookForFiles = async (folder: string, manifest: BackupManifest): Promise<void> => {
  const kept = diskStore(filesFolder(folder));
  const faults: string[] = [];
  for await (const some of readFileList(folder, manifest.files.sm3)) {
    for (const file of some) if (isKept(file) && !(await kept.exists(file.key))) faults.push(`文件 ${file.key} 不见了`);
    if (faults.length >= mostFaults) break;
  }
  if (faults.length > 0) throw new BackupBroken(faults.slice(0, mostFaults));
};
