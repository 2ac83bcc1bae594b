/**
 * Archives a month of the audit log, or removes from the database what an archive holds. Reads the server's own settings.
 *
 *     node tools/run.mjs tools/archive-audit.ts write 2026-10 [--kind all|operation|system|security|interface] [--to FILE]
 *     node tools/run.mjs tools/archive-audit.ts remove FILE
 *
 * Removing needs the owner of the database (DATABASE_OWNER_URL; the embedded database has one): the server's own user may not delete.
 * Exit codes: 0 done; 1 refused, with the reason; 2 the call cannot be used.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEdition } from '#apps/server/crypto-edition.ts';
import { fileAnchor } from '#apps/server/seal-anchor.ts';
import { readSettings, type Settings, SettingsWrong } from '#apps/server/settings.ts';
import { keepingSettings } from '#areas/governance/audit-log/model/audit-settings.ts';
import { archiveKind } from '#areas/governance/audit-log/model/audit-views.ts';
import { auditNumbers } from '#areas/governance/audit-log/server/audit-numbers.ts';
import { type ArchiveRefusal, makeArchive } from '#kernel/audit/archive.ts';
import { type RemovalRefusal, removeArchived } from '#kernel/audit/archive-removal.ts';
import { serverActor } from '#kernel/audit/fact.ts';
import { fileFindingText, findingText } from '#kernel/audit/finding-words.ts';
import { sealerOver, sealKeyOf } from '#kernel/audit/sealer.ts';
import type { ArchiveReport } from '#kernel/audit/verify-archive.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { s3Store } from '#kernel/files/store.s3.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock as clock } from '#kernel/time/clock.ts';

const home = join(import.meta.dirname, '..');
const usage =
  '用法：archive-audit.ts write 年-月 [--kind all] [--to 文件]，或 archive-audit.ts remove 归档文件；设置与服务器相同';

const refusals: Readonly<Record<ArchiveRefusal | RemovalRefusal, string>> = {
  'month-not-over': '这个月还没有结束',
  'nothing-sealed': '这个月没有日志',
  'already-there': '这个月的这一类已经归档',
  'already-removed': '这个月的日志已经移出数据库',
  broken: '核验未通过',
  'unknown-archive': '这个文件不是本系统记录在案的归档，或已被改动',
  partial: '只有“全部”类别的归档才能作为移出的依据',
  'kept-longer': '还在留存期内（不少于六个月，以日志设置为准）',
  'not-next': '还有更早的月份没有移出，请按月份先后移出',
};

const refuse = (outcome: ArchiveRefusal | RemovalRefusal, report: ArchiveReport | undefined): number => {
  console.error(`没有完成：${refusals[outcome]}`);
  for (const one of [...(report?.file ?? []).map(fileFindingText), ...(report?.trail ?? []).map(findingText)]) {
    console.error(`  ${one}`);
  }
  return 1;
};

/** Runs work on the database as its owner or its serving user. An embedded one that was not running is stopped again. */
const withDatabase = async <T>(
  settings: Settings,
  as: 'owner' | 'server',
  work: (db: Db) => Promise<T>,
): Promise<T> => {
  const { databaseUrl, databaseOwnerUrl, dataDir, cacheDir } = settings;
  const embedded = databaseUrl === null ? await startEmbedded({ dataDir, cacheDir, durable: true }) : undefined;
  const owner = embedded?.ownerUrl ?? databaseOwnerUrl ?? databaseUrl ?? '';
  const { db, close } = openDatabase({
    url: as === 'owner' ? owner : (embedded?.appUrl ?? databaseUrl ?? ''),
    poolSize: 3,
  });
  try {
    return await work(db);
  } finally {
    await close();
    if (embedded && !embedded.adopted) await embedded.stop();
  }
};

const write = (settings: Settings, month: string, kind: z.output<typeof archiveKind>, to: string | undefined) =>
  withDatabase(settings, 'server', async (db): Promise<number> => {
    const { crypto } = await startEdition(settings, db, clock);
    const signer = personalSigner(crypto, clock);
    const store = settings.files.kind === 'disk' ? diskStore(settings.files.folder) : s3Store(settings.files);
    const files = sealedFiles({ db, crypto, clock, store });
    const anchor = fileAnchor(join(settings.dataDir, 'audit-anchor.json'));
    const pace = async () => ({ heads: 1, seconds: 1 });
    await sealerOver({ db, clock, signer, pace, anchor }).sealNow();
    const request = { month, kind, actor: { ...serverActor, name: '归档命令' }, traceId: '' };
    const result = await makeArchive({ db, files, clock, key: sealKeyOf(signer) }, request);
    if (result.outcome !== 'done') return refuse(result.outcome, result.report);
    const { archive } = result;
    if (to !== undefined) await pipeline(await files.get(archive.id), createWriteStream(to, { mode: 0o600 }));
    console.log(
      `已归档 ${month}：${archive.entries} 条日志，封签 ${archive.fromSeal} 至 ${archive.toSeal} 号，${archive.bytes} 字节`,
    );
    console.log(`文件 SM3：${archive.sm3}${to === undefined ? '' : `；已写到 ${to}`}`);
    return 0;
  });

const remove = (settings: Settings, file: string) =>
  withDatabase(settings, 'owner', async (ownerDb): Promise<number> => {
    const keptMonths = await auditNumbers(ownerDb, clock)(keepingSettings.keptMonths);
    const result = await removeArchived({ ownerDb, clock, keptMonths, open: () => createReadStream(file) });
    if (result.outcome !== 'done') return refuse(result.outcome, result.report);
    console.log(`已从数据库移出 ${result.entries} 条日志，涉及 ${result.chains} 条链；归档文件请妥善保存`);
    return 0;
  });

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kind: { type: 'string', default: 'all' }, to: { type: 'string' } },
  });
  const [command, target = ''] = positionals;
  const kind = archiveKind.safeParse(values.kind);
  const settings = readSettings(process.env, home);
  if (
    command === 'write' &&
    kind.success &&
    z
      .string()
      .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
      .safeParse(target).success
  ) {
    return write(settings, target, kind.data, values.to);
  }
  if (command === 'remove' && existsSync(target)) return remove(settings, target);
  console.error(usage);
  return 2;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof SettingsWrong ? error.message : error);
  process.exitCode = 2;
}
