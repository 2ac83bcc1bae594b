import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.ts';
import { closingLines, type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');

/** Tests start the product dozens of times: what Node has compiled of it is kept for the next start of the same run, which takes half the processor then. */
const compiled = join(root, '.cache/compiled');
const env = { ...process.env, NODE_COMPILE_CACHE: compiled };

/** Runs one test program to its end and reads what it counted; `crashed` is a bad exit without a failed test to show for it. */
const run = (title: string, args: readonly string[], read: (report: string) => Tally): Tally => {
  const began = Date.now();
  const report = join(results, `${title}.json`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  const tally = read(report);
  const crashed = status !== 0 && tally.failed === 0;
  console.log(`${title}：用时 ${Math.round((Date.now() - began) / 1000)} 秒\n`);
  const failures = [`✘ ${title} 以退出码 ${status} 中断，计为 1 项失败`];
  return crashed ? { ...tally, failed: 1, failures } : tally;
};

const units = (): Tally =>
  run(
    'vitest',
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/vitest.json',
    ],
    tallyOfVitest,
  );

const stories = (): Tally => {
  if (globSync('e2e/**/*.story.ts', { cwd: root }).length === 0) {
    console.log('e2e 下还没有浏览器故事，计 0 项\n');
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
  const playwright = 'node_modules/@playwright/test/cli.js';
  return run('playwright', [playwright, 'test', '--config=e2e/playwright.config.ts'], tallyOfPlaywright);
};

const main = (): void => {
  for (const folder of [results, compiled]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  ensureBrowser();
  const tallies = [units(), stories()];
  const end = closingLines(tallies);
  console.log(end.text);
  process.exitCode = end.good ? 0 : 1;
};

try {
  main();
} catch (error) {
  const failures = [error instanceof Error ? error.message : String(error)];
  console.log(closingLines([{ passed: 0, failed: 1, skipped: 0, failures }]).text);
  process.exitCode = 1;
}
