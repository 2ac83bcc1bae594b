/**
 * Keeps one consistent state of database and files, while the system runs or stands still:
 *
 *     npm run backup -- --into FOLDER [--check]     beside earlier ones, copying only files they do not have; as many stay as BACKUP_KEEP says
 *     npm run backup -- --to FOLDER                 into a folder that is not there yet, all files copied
 *     npm run backup -- --verify FOLDER [--note]    reads a backup to its end against its manifest; without --note it needs neither database nor settings
 *
 * `--check` and `--note` tell the running system that the backup was read back whole.
 *
 * Reads the same settings as the server. Exit codes: 0 done or whole; 1 refused, or not whole.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BackupCommand, backUp, backUpInto, checkAndNote } from '#apps/server/backup.ts';
import { readSettings } from '#apps/server/settings.ts';
import { BackupRefused } from '#kernel/backup/backup-failure.ts';
import type { BackupManifest } from '#kernel/backup/manifest.ts';
import { checkBackup } from '#kernel/backup/read-backup.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { tellKeepingFailure } from './keeping-failure.ts';

const usage =
  '用法：npm run backup -- --into 存放各次备份的目录 [--check]，或 npm run backup -- --to 新目录，或 npm run backup -- --verify 备份目录 [--note]';

/** How many of the files no earlier backup had. */
const copiedWords = ({ copied, count }: BackupManifest['files']): string =>
  copied === undefined || copied.count === count ? '' : `（其中新复制 ${copied.count} 个，其余与上一份备份共用）`;

const describe = ({ tables, files, momentAt }: BackupManifest, seconds: number): readonly string[] => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = tables.reduce((sum, table) => sum + table.bytes, files.bytes);
  const megabytes = bytes / 1e6;
  return [
    `状态时刻：${momentAt}（UTC）`,
    `数据表 ${tables.length} 张，共 ${rows} 行；文件 ${files.count} 个${copiedWords(files)}；原始大小 ${megabytes.toFixed(1)} MB，用时 ${seconds.toFixed(1)} 秒（${(megabytes / seconds).toFixed(1)} MB/s）`,
    ...(files.missing > 0
      ? [`注意：有 ${files.missing} 个文件在制作备份前就已丢失，清单中已注明，请到“运行状况”和日志核查`]
      : []),
    ...((files.gone ?? 0) > 0
      ? [`备份期间有 ${files.gone} 个临时文件（到期的导出等）按期删除，不在备份中，不影响恢复`]
      : []),
  ];
};

const commandOf = (folder: string): BackupCommand => {
  const settings = readSettings(process.env, join(import.meta.dirname, '..'));
  return { settings, folder, clock: systemClock, onPart: () => undefined };
};

const note = async (command: BackupCommand): Promise<void> => {
  const known = await checkAndNote(command);
  console.log(
    known
      ? '结论：备份完整，未被改动；已记入“运行状况”'
      : '结论：备份完整，未被改动；它不是现在这个数据库的备份，没有记录',
  );
};

const verify = async (folder: string, noted: boolean): Promise<void> => {
  if (noted) return note(commandOf(folder));
  const began = performance.now();
  const manifest = await checkBackup(folder);
  for (const line of describe(manifest, (performance.now() - began) / 1000)) console.log(line);
  console.log('结论：备份完整，未被改动');
};

const tellKeys = ({ crypto, masterKeyFile, linkKeysFile }: BackupCommand['settings']): void => {
  const keys = crypto.url === null ? masterKeyFile : `${crypto.keysFile}（以及有主密钥时的主密钥文件）`;
  console.log('备份中不含密钥，没有密钥的备份无法恢复。请与备份分开、另行保管：');
  console.log(`  ${keys}`);
  console.log(`  ${linkKeysFile}（与外部系统约定的密钥）`);
};

const make = async (folder: string): Promise<void> => {
  const command = commandOf(folder);
  const began = performance.now();
  const manifest = await backUp(command);
  for (const line of describe(manifest, (performance.now() - began) / 1000)) console.log(line);
  console.log(`备份已完成：${folder}，已记入日志。`);
  tellKeys(command.settings);
};

const makeInto = async (root: string, checked: boolean): Promise<void> => {
  const command = commandOf(root);
  const began = performance.now();
  const { folder, manifest, dropped, unread } = await backUpInto(command, checked);
  for (const line of describe(manifest, (performance.now() - began) / 1000)) console.log(line);
  console.log(`备份已完成：${folder}，已记入日志。`);
  for (const one of dropped) console.log(`已删除旧的备份：${one}`);
  if (checked) console.log('结论：备份完整，未被改动；已记入“运行状况”');
  for (const one of unread)
    console.error(
      `注意：${one} 的 manifest.json 读不出来（被改动，或由别的版本制成），没有计入保留的份数，也不会被删除，请核查`,
    );
  tellKeys(command.settings);
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      into: { type: 'string' },
      verify: { type: 'string' },
      check: { type: 'boolean', default: false },
      note: { type: 'boolean', default: false },
    },
  });
  const { to, into, verify: read, check, note: noted } = values;
  const one = [to, into, read].filter((folder) => folder !== undefined).length === 1;
  if (!one || (check && into === undefined) || (noted && read === undefined)) throw new BackupRefused(usage);
  if (read !== undefined) await verify(resolve(read), noted);
  else if (into !== undefined) await makeInto(resolve(into), check);
  else if (to !== undefined) await make(resolve(to));
};

try {
  await main();
} catch (error) {
  tellKeepingFailure(error, usage, '没有完成（目录里没有 manifest.json 的不是备份）：');
}
