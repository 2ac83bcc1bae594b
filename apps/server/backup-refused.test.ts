import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { backupNoteMigration } from '#kernel/backup/backup-note.migration.ts';
import { manifestName, readManifest, sealedManifest } from '#kernel/backup/manifest.ts';
import { checkBackup } from '#kernel/backup/read-backup.ts';
import { migrate } from '#kernel/db/migrate.ts';
import { systemClock } from '#kernel/time/clock.ts';
import {
  aKeptProduct,
  aTarget,
  type KeptProduct,
  putMasterKey,
  type RestoreTarget,
  settingsOver,
  someFile,
} from '#testkit/kept-product.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { backUp, backUpInto } from './backup.ts';
import { migrations } from './plans.ts';

// Real here: PostgreSQL, engine, files, the commands. One product's past serves all tests; each restores into a database of its own.

const onPart = (): void => undefined;
const clock = systemClock;

let product: KeptProduct;
beforeAll(async () => {
  product = await aKeptProduct(9300);
}, 180_000);
afterAll(() => product.close());

let target: RestoreTarget;
beforeEach(async () => {
  target = await aTarget(product.root);
});
afterEach(() => target.database.close());

const flip = (file: string): void => {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes.writeUInt8((bytes.readUInt8(at) + 1) % 256, at);
  writeFileSync(file, bytes);
};
/** A backup of its own to be spoilt. */
const copied = (): string => {
  const folder = mkdtempSync(join(product.root, 'copy-'));
  cpSync(product.folder, folder, { recursive: true });
  return folder;
};

test.each<[string, (folder: string) => void, RegExp]>([
  ['a table is damaged', (folder) => flip(join(folder, 'tables/kernel.step.copy.gz')), /kernel\.step 的备份文件/],
  [
    'a table is cut',
    (folder) => {
      const file = join(folder, 'tables/elv.vehicle_case.copy.gz');
      writeFileSync(file, readFileSync(file).subarray(0, -20));
    },
    /elv\.vehicle_case 的备份文件损坏或被截断/,
  ],
  [
    'a table is gone',
    (folder) => rmSync(join(folder, 'tables/kernel.outbox.copy.gz')),
    /kernel\.outbox 的备份文件不见了/,
  ],
  ['a photograph is gone', (folder) => rmSync(someFile(folder)), /文件 [0-9a-f-]{36} 不见了/],
  ['a photograph is altered', (folder) => flip(someFile(folder)), /文件 [0-9a-f-]{36} 的内容被改动/],
  [
    'the list of files is cut',
    (folder) => {
      const file = join(folder, 'files.jsonl.gz');
      writeFileSync(file, readFileSync(file).subarray(0, -20));
    },
    /文件清单/,
  ],
  [
    'the manifest is cut',
    (folder) => {
      const file = join(folder, manifestName);
      writeFileSync(file, readFileSync(file).subarray(0, -200));
    },
    /manifest\.json 读不出来/,
  ],
  [
    'the manifest is altered',
    (folder) => {
      const file = join(folder, manifestName);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"rows": (\d+)/, '"rows": 1$1'));
    },
    /manifest\.json 的内容被改动/,
  ],
  ['there is no manifest', (folder) => rmSync(join(folder, manifestName)), /不是备份，或备份没有做完/],
])(
  'T2.2: where %s, it is named, by a check and by a restore, and the target stays empty',
  async (_what, spoil, words) => {
    const folder = copied();
    spoil(folder);
    await expect(checkBackup(folder)).rejects.toThrow(words);
    await expect(target.restore(folder)).rejects.toThrow(words);
    expect(await target.tables()).toBe(0);
  },
  30_000,
);

test('T2.2: a key that is wrong or not there is refused, and the target stays empty', async () => {
  putMasterKey(target.home, 8);
  await expect(target.restore(product.folder)).rejects.toThrow(/主密钥与数据库中的数据不相符/);
  expect(await target.tables()).toBe(0);
  rmSync(join(target.home, 'master.key'));
  await expect(target.restore(product.folder)).rejects.toThrow(/没有主密钥文件 .*备份中不含主密钥/);
  expect(existsSync(join(target.home, 'master.key'))).toBe(false);
});

test('T2.2: nothing is restored over what is there, and no backup is overwritten', async () => {
  await sql`create table public.somebodys (n integer)`.execute(target.database.ownerDb);
  await expect(target.restore(product.folder)).rejects.toThrow(/目标数据库不是空的（已有 1 张表）/);
  const again = (folder: string) => backUp({ settings: product.source, folder, clock, onPart });
  await expect(again(product.folder)).rejects.toThrow(/已有一份备份/);
  await expect(again(product.root)).rejects.toThrow(/不是空目录/);
  await expect(backUp({ settings: target.settings, folder: join(target.home, 'b'), clock, onPart })).rejects.toThrow(
    /数据库是空的/,
  );
});

test('T2.2: an older backup is restored as it was and goes forward at the next start; a newer one is refused', async () => {
  const old = await aDatabase(migrations.slice(0, -1));
  const folder = join(target.home, 'old');
  const older = await backUp({ settings: settingsOver(old, target.home), folder, clock, onPart });
  await old.close();
  expect(older.migrations).toHaveLength(migrations.length - 1);
  await target.restore(folder);
  expect(await migrate(target.database.ownerDb, migrations, clock.now())).toEqual([migrations.at(-1)?.id]);

  const newer = copied();
  const { digest: _digest, ...content } = await readManifest(newer);
  const future = sealedManifest({
    ...content,
    migrations: [...content.migrations, { id: 'elv/9999-future', digest: '0'.repeat(64) }],
  });
  writeFileSync(join(newer, manifestName), JSON.stringify(future));
  await expect(target.restore(newer)).rejects.toThrow(/更新的版本.*elv\/9999-future/);
});

test('T2.2: before an upgrade the new program keeps a database that knows of no backups yet', async () => {
  const old = await aDatabase(migrations.filter(({ id }) => id !== backupNoteMigration.id));
  const command = { settings: settingsOver(old, target.home), folder: join(target.home, 'shelf'), clock, onPart };
  const { folder } = await backUpInto(command, true);
  await old.close();
  await checkBackup(folder);
});

test('T2.2: a log that did not verify before is told, and restored only when that is asked for', async () => {
  await target.restore(product.folder);
  await sql`update kernel.step set actor_name = '别人' where seq = 1 and case_id = ${product.waiting.id}`.execute(
    target.database.ownerDb,
  );
  const folder = join(target.home, 'altered');
  await backUp({ settings: target.settings, folder, clock, onPart });
  const other = await aTarget(product.root);
  const words = new RegExp(`办理步骤被改动.*${product.waiting.id}[^]*--accept-findings`);
  await expect(other.restore(folder)).rejects.toThrow(words);
  expect(await other.tables()).toBe(0);
  const report = await other.restore(folder, true);
  expect(report.verified.findings.join()).toContain(product.waiting.id);
  await other.database.close();
}, 60_000);

test('T2.2: what a backup does not know is told before anything is kept', async () => {
  await target.restore(product.folder);
  await sql`create sequence elv.somebodys`.execute(target.database.ownerDb);
  const folder = join(target.home, 'odd');
  await expect(backUp({ settings: target.settings, folder, clock, onPart })).rejects.toThrow(/elv\.somebodys/);
  expect(readdirSync(folder)).toEqual([]);
});

test('T2.2: a photograph that was lost before is noted and stops neither backup nor restore', async () => {
  await target.restore(product.folder);
  rmSync(someFile(target.home));
  const folder = join(target.home, 'lossy');
  const lossy = await backUp({ settings: target.settings, folder, clock, onPart });
  expect(lossy.files).toMatchObject({ missing: 1, count: product.manifest.files.count - 1 });
  expect((await checkBackup(folder)).files.missing).toBe(1);
});
