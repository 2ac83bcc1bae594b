/**
 * Checks an exported archive of the audit log, without database or server.
 *
 *     npm run verify-audit -- FILE [--key SM3-OF-THE-PUBLIC-KEY]…
 *
 * Exit codes: 0 whole; 1 something is wrong, and is named; 2 the file or the call cannot be used.
 */
import { createReadStream, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileFindingText, findingText } from '#kernel/audit/finding-words.ts';
import { type ArchiveReport, verifyArchive } from '#kernel/audit/verify-archive.ts';

const kinds = { all: '全部', operation: '操作', system: '系统', security: '安全', interface: '接口' } as const;

const usage = '用法：npm run verify-audit -- 归档文件 [--key 公钥指纹]…';

const describe = ({ header, seals, entries, links, fingerprints }: ArchiveReport, told: boolean): readonly string[] => [
  ...(header
    ? [
        `归档：${header.month}，${kinds[header.kind]}日志，封签 ${header.fromSeal} 至 ${header.toSeal} 号，${header.madeBy} 制于 ${header.madeAt}`,
      ]
    : []),
  `核对：${entries} 条日志${links > 0 ? `，${links} 条其他类别的链接` : ''}，${seals} 枚封签`,
  ...fingerprints.map((one) => `公钥指纹（SM3）：${one}`),
  ...(told ? [] : ['未给出 --key：公钥取自文件本身，请将上面的指纹与登记的指纹核对。']),
];

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string', multiple: true } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  if (!existsSync(file)) {
    console.error(`没有这个文件：${file}`);
    return 2;
  }
  const began = performance.now();
  const report = await verifyArchive(createReadStream(file), values.key);
  const seconds = (performance.now() - began) / 1000;
  for (const line of describe(report, values.key !== undefined)) console.log(line);
  const faults = [...report.file.map(fileFindingText), ...report.trail.map(findingText)];
  if (faults.length === 0) {
    console.log(`结论：完整，未被改动，签名有效（${seconds.toFixed(1)} 秒）`);
    return 0;
  }
  console.log(`结论：不完整或被改动，发现 ${faults.length} 处：`);
  for (const fault of faults) console.log(`  ${fault}`);
  return report.header === undefined ? 2 : 1;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error && error.message.startsWith('Unknown option') ? usage : error);
  process.exitCode = 2;
}
