import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handApart } from '#areas/elv/case-export/server/export-process.ts';
import { type Exporter, exporterOver } from '#areas/elv/case-export/server/exporter.ts';
import { aCaseExportScene, type CaseExportScene } from '#testkit/case-export-scene.ts';
import { putMasterKey } from '#testkit/kept-product.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { migrations } from './plans.ts';

// Real here: the program that writes exports, as the server forks it, over the database and the files of the product beside it.

const root = mkdtempSync(join(tmpdir(), 'hushang-export-'));
const program = join(import.meta.dirname, 'export-worker.ts');
const rows = 2_402;
let scene: CaseExportScene;
const failures: unknown[] = [];
const exporters: Exporter[] = [];
beforeAll(async () => {
  putMasterKey(root, 7);
  scene = await aCaseExportScene({ database: await aDatabase(migrations), folder: join(root, 'files') });
  await scene.many(rows - 2, 1);
});
afterAll(async () => {
  await Promise.all(exporters.map((one) => one.stop()));
  await scene.served.close();
  rmSync(root, { recursive: true, force: true });
});

const anExporter = (): Exporter => {
  const { exportDesk } = scene.served.product.elv;
  const desk = { ...exportDesk, onFailure: (error: unknown) => failures.push(error) };
  const { PATH = '' } = process.env;
  const hand = handApart({
    file: program,
    databaseUrl: scene.served.database.url,
    idleSeconds: 60,
    env: { PATH, MODE: 'demo', DATA_DIR: root },
  });
  const exporter = exporterOver(desk, hand(desk));
  exporters.push(exporter);
  return exporter;
};

/** Processes of this one that write exports. */
const writers = (): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('export-worker.ts'))
    .map((line) => Number(line.trim().split(' ')[0]));

const one = (id: string) => scene.one('export1', id);
const asked = () => scene.askedOnly('demo-export1', { enterpriseId: 'yard-1' });
/** An export of which pages have been written, and which is not whole. */
const inTheMiddle = async (id: string): Promise<void> => {
  await waitUntil(async () => (await one(id)).rows > 0);
  expect((await one(id)).state).toBe('running');
};

test('T2.2, T2.11: a process that is killed over an export is followed by another at once; there is one whole file, and the server lives', async () => {
  const before = await scene.filesKept();
  const exporter = anExporter();
  const id = await asked();
  await exporter.round();
  await inTheMiddle(id);
  const [killed = 0, ...others] = writers();
  // Nothing waits in the lane of short ones, so nobody is there for them.
  expect(others).toEqual([]);
  process.kill(killed, 'SIGKILL');
  await exporter.idle();
  expect(failures).toHaveLength(1);
  expect(await one(id)).toMatchObject({ state: 'done', rows });
  expect(writers()).not.toContain(killed);
  expect(await scene.filesKept()).toBe(before + 1);
  const sheet = await scene.sheetOf((await scene.file('export1', id)).rawPayload);
  expect(new Set(scene.numbers(sheet)).size).toBe(rows);
  await exporter.stop();
}, 60_000);

test('T2.2: a server that stops takes its process with it and gives the export back at once', async () => {
  const exporter = anExporter();
  const id = await asked();
  exporter.begin();
  await inTheMiddle(id);
  await exporter.stop();
  expect([(await one(id)).state, writers(), failures.length]).toEqual(['queued', [], 1]);
  await scene.served.product.elv.caseExports.round();
  await scene.served.product.elv.caseExports.idle();
  expect(await one(id)).toMatchObject({ state: 'done', rows });
}, 60_000);
