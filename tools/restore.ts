/**
 * Brings a backup into an empty database and a file store:
 *
 *     npm run restore -- --from FOLDER [--accept-findings]
 *
 * Reads the same settings as the server, which must not be told to start before this has ended. Exit codes: 0 restored and found true; 1 not, and the database is
 * as empty as before.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type RestoreReport, restoreFrom } from '#apps/server/backup.ts';
import { readSettings } from '#apps/server/settings.ts';
import { BackupRefused } from '#kernel/backup/backup-failure.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { tellKeepingFailure } from './keeping-failure.ts';

const usage = '用法：npm run restore -- --from 备份目录 [--accept-findings]';

const describe = ({ manifest, verified, unsent }: RestoreReport, seconds: number): readonly string[] => {
  const { tables, files, momentAt } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `已恢复到 ${momentAt}（UTC）的状态，用时 ${seconds.toFixed(1)} 秒，已记入日志。`,
    `数据表 ${tables.length} 张，共 ${rows} 行，行数与摘要逐张相符`,
    `文件 ${files.count} 个，写入后逐个读回，摘要相符${files.missing > 0 ? `；另有 ${files.missing} 个在制作备份前就已丢失` : ''}`,
    `日志 ${verified.entries} 条、封签 ${verified.seals} 枚；办理步骤 ${verified.steps} 步（${verified.cases} 件）、签名 ${verified.signatures} 个`,
    ...(verified.findings.length > 0
      ? ['按 --accept-findings 恢复，以下各处核验不过：', ...verified.findings.map((one) => `  ${one}`)]
      : ['结论：全部核验通过']),
    '',
    `启动系统前请注意：${momentAt}（UTC）以后办理的事项、上传的文件和收到的答复都不在其中，须补办。`,
    ...(unsent.length > 0
      ? [
          '备份时尚未送达的报文，启动后会再发（幂等键不变，对方按键去重）：',
          ...unsent.map(({ system, count }) => `  ${system}：${count} 条`),
        ]
      : ['备份时没有等待发送的报文。']),
    '其后已发出的报文不再重发：请与公安、全国系统核对该时刻以后的受理、注销和证明编号，再开放办理。',
  ];
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, 'accept-findings': { type: 'boolean', default: false } },
  });
  if (values.from === undefined) throw new BackupRefused(usage);
  const settings = readSettings(process.env, join(import.meta.dirname, '..'));
  const began = performance.now();
  const command = { settings, folder: resolve(values.from), clock: systemClock, onPart: () => undefined };
  const report = await restoreFrom(command, values['accept-findings']);
  for (const line of describe(report, (performance.now() - began) / 1000)) console.log(line);
};

try {
  await main();
} catch (error) {
  tellKeepingFailure(
    error,
    usage,
    '没有完成。恢复要么全部写入、要么不写入：请先看目标数据库是否仍为空，不空即已恢复：',
  );
}
