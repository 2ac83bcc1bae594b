import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { makeBackup } from '#kernel/backup/make-backup.ts';
import type { BackupManifest } from '#kernel/backup/manifest.ts';
import { checkBackup } from '#kernel/backup/read-backup.ts';
import { restoreBackup } from '#kernel/backup/restore.ts';
import { openCopying } from '#kernel/db/copy.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { anS3Store } from '#testkit/file-stores.ts';
import { handsOverHttp } from '#testkit/http-hands.ts';
import { aKeptProduct, aTarget, type KeptProduct, type RestoreTarget } from '#testkit/kept-product.ts';
import { aServedProduct, severalAtOnce } from '#testkit/served-product.ts';
import { backUp } from './backup.ts';
import { startDatabase } from './database.ts';
import { migrations } from './plans.ts';
import type { Settings } from './settings.ts';

// Real here: PostgreSQL, engine, files, the commands, and processes that are killed. One product's past serves all tests; each restores into a database of its own.

const onPart = (): void => undefined;
const clock = systemClock;

let product: KeptProduct;
beforeAll(async () => {
  product = await aKeptProduct(9000);
}, 180_000);
afterAll(() => product.close());

let target: RestoreTarget;
beforeEach(async () => {
  target = await aTarget(product.root);
});
afterEach(() => target.database.close());

test('T2.2: restored elsewhere from a backup made under work, all is there, verifies, and goes on', async () => {
  expect((await checkBackup(product.folder)).digest).toBe(product.manifest.digest);
  expect(product.openedMeanwhile).toBeGreaterThan(0);
  const { id: photoId = '' } = (await product.it.hands.view('commission1', product.waiting.id)).photos[0] ?? {};
  const photo = await product.it.hands.content('commission1', product.waiting.id, photoId);
  const report = await target.restore(product.folder);
  expect(report.verified).toMatchObject({ findings: [], cases: expect.any(Number) });
  expect(report.verified.signatures).toBeGreaterThan(2);
  expect(report.verified.seals).toBeGreaterThan(0);
  expect(report.verified.entries).toBeGreaterThan(10);
  expect(report.verified.steps).toBeGreaterThan(report.verified.signatures);
  expect(product.manifest.files.count).toBeGreaterThan(10);

  // Kept once more, the restored database gives the same rows, but for the log, which tells of the restore.
  const again = join(target.home, 'again');
  const connection = await openCopying(target.database.ownerUrl);
  const second = await makeBackup({
    connection,
    db: target.database.ownerDb,
    files: diskStore(join(target.home, 'files')),
    folder: again,
    productVersion: '',
    clock,
    onPart,
  });
  await connection.close();
  const untouched = ({ tables }: BackupManifest) =>
    tables
      .filter(({ name }) => !['kernel.audit_entry', 'kernel.audit_head'].includes(name))
      .map(({ name, rows, sm3 }) => ({ name, rows, sm3 }));
  expect(untouched(second)).toEqual(untouched(product.manifest));
  expect(second.files).toEqual(product.manifest.files);

  // The server is started on it as it always is, and people go on.
  const started = await startDatabase(target.settings, clock.now());
  await started.stop();
  const served = await aServedProduct('2026-12-01T02:00:00Z', severalAtOnce, usualSystemRules, {
    database: target.database,
    folder: join(target.home, 'files'),
  });
  await served.server.listen({ port: 0, host: '127.0.0.1' });
  const hands = handsOverHttp(`http://127.0.0.1:${(served.server.server.address() as AddressInfo).port}`);
  const view = await hands.view('commission1', product.waiting.id);
  expect(view.state).toBe('confirming');
  expect(await hands.content('commission1', product.waiting.id, photoId)).toEqual(photo);
  await hands.step(
    'commission1',
    product.waiting.id,
    'confirm',
    await hands.version('commission1', product.waiting.id),
    randomUUID(),
    {},
  );
  expect((await hands.view('commission1', product.waiting.id)).state).toBe('admitted');
  await served.server.close();
}, 120_000);

test('T2.2: the log tells of the backup and of the restore, and neither holds a key', async () => {
  await target.restore(product.folder);
  const told = await sql<{
    action: string;
    detail: string;
  }>`select action, detail from kernel.audit_entry where action like 'kernel.backup.%'`;
  expect((await told.execute(product.it.database.db)).rows[0]).toMatchObject({ action: 'kernel.backup.made' });
  const [restored] = (await told.execute(target.database.ownerDb)).rows;
  expect(restored?.action).toBe('kernel.backup.restored');
  expect(JSON.parse(restored?.detail ?? '')).toMatchObject({ backup: product.manifest.digest, findings: 0 });
  const names = readdirSync(product.folder, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => /key/.test(name) && !/tables\/kernel\./.test(name))).toEqual([]);
});

test('T2.2: files in S3 are kept and brought back like those on disk', async () => {
  const bucket = await anS3Store();
  const empty = {
    connection: await openCopying(target.database.ownerUrl),
    folder: product.folder,
    files: bucket.store,
    migrations,
    clock,
    onPart,
    acceptFindings: false,
  };
  await restoreBackup({ ...empty, cryptoOver: async () => product.it.crypto });
  const again = join(target.home, 'again');
  const second = await makeBackup({ ...empty, db: target.database.ownerDb, folder: again, productVersion: '' });
  expect(second.files).toEqual(product.manifest.files);
  await empty.connection.close();
  await bucket.close();
}, 60_000);

const killedAt = async (call: string, settings: Settings, folder: string, part: string): Promise<void> => {
  const script = `
    import { backUp, restoreFrom } from '#apps/server/backup.ts';
    import { systemClock } from '#kernel/time/clock.ts';
    const onPart = (what) => { if (what === ${JSON.stringify(part)}) process.kill(process.pid, 'SIGKILL'); };
    await ${call}({ settings: ${JSON.stringify(settings)}, folder: ${JSON.stringify(folder)}, clock: systemClock, onPart }, false);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'inherit' });
  const [, signal] = await once(child, 'close');
  expect([part, signal]).toEqual([part, 'SIGKILL']);
};

test('T2.2: killed in the middle, a backup is none, and a restore leaves the database empty and is begun again', async () => {
  for (const part of ['elv.vehicle_case', 'files']) {
    const folder = join(target.home, `killed-${part}`);
    await killedAt('backUp', product.source, folder, part);
    await expect(checkBackup(folder)).rejects.toThrow(/没有做完/);
    await expect(target.restore(folder)).rejects.toThrow(/没有做完/);
    await expect(backUp({ settings: product.source, folder, clock, onPart })).rejects.toThrow(
      /上次中断的备份，请先删除/,
    );
  }
  for (const part of ['elv.vehicle_case', 'verify', 'files']) {
    await killedAt('restoreFrom', target.settings, product.folder, part);
    await expect.poll(() => target.tables()).toBe(0);
  }
  expect((await target.restore(product.folder)).verified.findings).toEqual([]);
}, 90_000);
