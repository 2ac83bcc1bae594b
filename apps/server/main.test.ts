import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '#testkit/child-product.ts';

const folder = mkdtempSync(join(tmpdir(), 'hushang-main-'));
let port = 0;
let running: Started | undefined;

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  text(): string;
}

const start = (more: Record<string, string> = {}): Started => {
  let text = '';
  // The test runner has a MODE of its own.
  const env = {
    ...process.env,
    MODE: 'demo',
    DATA_DIR: folder,
    PORT: String(port),
    SIMULATORS_PORT: '0',
    DEMO_CASES: '0',
    ...more,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  running = { child, ended, text: () => text };
  return running;
};

const until = async ({ text, ended }: Started, come: () => boolean): Promise<void> => {
  const over = { yes: false };
  void ended.then(() => {
    over.yes = true;
  });
  while (!come()) {
    if (over.yes) throw new Error(`ended before it came to that: ${text()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const untilUp = (started: Started): Promise<void> => until(started, () => started.text().includes('已启动（'));

beforeAll(async () => {
  // The database's own user must be able to walk through this folder.
  chmodSync(folder, 0o755);
  port = await freePort();
});
afterAll(async () => {
  running?.child.kill('SIGTERM');
  await running?.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('a setting that cannot be used is named in Chinese, and nothing is started', async () => {
  const { ended, text } = start({ PORT: 'eighty', MODE: 'production' });
  expect(await ended).toBe(1);
  expect(text()).toContain('设置 PORT 应为端口号');
});

test('killed at a stroke, the product starts again on the same data, and ends when asked', {
  timeout: 180_000,
}, async () => {
  const first = start();
  await untilUp(first);
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  first.child.kill('SIGKILL');
  await first.ended;

  const second = start();
  await untilUp(second);
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  // This test's own NODE_ENV must not get into the desk, which is built once and kept: in a desk built for a test all dialogs have one and the same name.
  const assets = join(import.meta.dirname, '../../dist/desk-web/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((name) => readFileSync(join(assets, name), 'utf8').includes('test-id'))).toEqual([]);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('killed while the demo was being told, the next start tells it from the beginning', {
  timeout: 180_000,
}, async () => {
  const folderOfItsOwn = mkdtempSync(join(tmpdir(), 'hushang-told-'));
  chmodSync(folderOfItsOwn, 0o755);
  const settings = { DATA_DIR: folderOfItsOwn, DEMO_CASES: '6' };
  const mark = join(folderOfItsOwn, 'demo-being-told');
  const first = start(settings);
  await until(first, () => existsSync(mark));
  first.child.kill('SIGKILL');
  await first.ended;
  expect(existsSync(mark)).toBe(true);

  const second = start(settings);
  await untilUp(second);
  expect(second.text()).toMatch(/演示数据已备好：\d+ 件案卷/);
  expect(existsSync(mark)).toBe(false);
  second.child.kill('SIGTERM');
  await second.ended;
  rmSync(folderOfItsOwn, { recursive: true, force: true });
});
