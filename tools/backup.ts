/**
 * Keeps one consistent state of database and files, while the system runs or stands still:
 *
 *     npm run backup -- --to FOLDER        into a folder that is not there yet
 *     npm run backup -- --verify FOLDER    reads a backup to its end against its manifest; needs neither database nor settings
 *
 * Reads the same settings as the server. Exit codes: 0 done or whole; 1 refused, or not whole.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from '#apps/server/backup.ts';
import { readSettings } from '#apps/server/settings.ts';
import { BackupRefused } from '#kernel/backup/backup-failure.ts';
import type { BackupManifest } from '#kernel/backup/manifest.ts';
import { checkBackup } from '#kernel/backup/read-backup.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { tellKeepingFailure } from './keeping-failure.ts';

const usage = '用法：npm run backup -- --to 新目录，或 npm run backup -- --verify 备份目录';

const describe = ({ tables, files, momentAt }: BackupManifest, seconds: number): readonly string[] => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = tables.reduce((sum, table) => sum + table.bytes, files.bytes);
  const megabytes = bytes / 1e6;
  return [
    `状态时刻：${momentAt}（UTC）`,
    `数据表 ${tables.length} 张，共 ${rows} 行；文件 ${files.count} 个；原始大小 ${megabytes.toFixed(1)} MB，用时 ${seconds.toFixed(1)} 秒（${(megabytes / seconds).toFixed(1)} MB/s）`,
    ...(files.missing > 0
      ? [`注意：有 ${files.missing} 个文件在制作备份前就已丢失，清单中已注明，请到“运行状况”和日志核查`]
      : []),
  ];
};

const verify = async (folder: string): Promise<void> => {
  const began = performance.now();
  const manifest = await checkBackup(folder);
  for (const line of describe(manifest, (performance.now() - began) / 1000)) console.log(line);
  console.log('结论：备份完整，未被改动');
};

const make = async (folder: string): Promise<void> => {
  const settings = readSettings(process.env, join(import.meta.dirname, '..'));
  const began = performance.now();
  const manifest = await backUp({ settings, folder, clock: systemClock, onPart: () => undefined });
  for (const line of describe(manifest, (performance.now() - began) / 1000)) console.log(line);
  console.log(`备份已完成：${folder}，已记入日志。`);
  const keys =
    settings.crypto.url === null ? settings.masterKeyFile : `${settings.crypto.keysFile}（以及有主密钥时的主密钥文件）`;
  console.log('备份中不含密钥，没有密钥的备份无法恢复。请与备份分开、另行保管：');
  console.log(`  ${keys}`);
  console.log(`  ${settings.linkKeysFile}（与外部系统约定的密钥）`);
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { to: { type: 'string' }, verify: { type: 'string' } } });
  if ((values.to === undefined) === (values.verify === undefined)) throw new BackupRefused(usage);
  if (values.verify !== undefined) await verify(resolve(values.verify));
  else if (values.to !== undefined) await make(resolve(values.to));
};

try {
  await main();
} catch (error) {
  tellKeepingFailure(error, usage, '没有完成（目录里没有 manifest.json 的不是备份）：');
}
