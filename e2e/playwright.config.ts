import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumPath, manyWindows } from '#testkit/chromium.ts';

const port = 18_080;
const baseURL = `http://127.0.0.1:${port}`;
const dataDir = join(tmpdir(), 'hushang-stories');

// Every process of a run loads this file; only the first, whose environment the others inherit, begins with an empty product. Whoever only looks at the file, as the check
// for dead code does, must not take a running product's data away.
const runs = process.argv.includes('test') && process.argv.some((one) => one.includes('playwright'));
if (runs && process.env.STORIES_BEGUN === undefined) {
  process.env.STORIES_BEGUN = 'yes';
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  // The database's own user must be able to walk through this folder.
  chmodSync(dataDir, 0o755);
}

/** Stories come from addresses of their own where their failures must not be others', sign one person in again and again, and are told at night too, when no short message goes out. */
const reached = { TRUSTED_PROXIES: '127.0.0.1', SESSIONS_PER_PERSON: '500', SMS_QUIET_HOURS: 'none' };

const program =
  process.env.STORIES_SPLIT !== undefined
    ? 'e2e/split-areas.ts'
    : process.env.STORIES_SEVERAL !== undefined
      ? 'e2e/several-processes.ts'
      : 'apps/server/main.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.story.ts',
  globalSetup: './quick-offices.ts',
  outputDir: '../test-results/stories',
  // Stories share one running product and never each other's cases. One more than the machine has cores: each waits now and then, for outside systems or the disk.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: '../test-results/playwright.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    // Drawing what moves is a sixth of a story's processor; lists and reviews are told with everything moving.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    // A trace of a whole journey costs as much as the journey.
    trace: process.env.TRACE === undefined ? 'off' : 'retain-on-failure',
    launchOptions: { executablePath: chromiumPath, args: [...manyWindows] },
  },
  // The product as `npm start` brings it up: demo accounts and cases, bundled simulators.
  webServer: {
    // `STORIES_SEVERAL=1`: two servers and a worker behind a balancer instead of one process; see ADR 0054. `STORIES_SPLIT=1`: a process for each area; see ADR 0058.
    command: `${process.execPath} ${program}`,
    cwd: join(import.meta.dirname, '..'),
    url: `${baseURL}/ready`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: { PORT: String(port), SIMULATORS_PORT: String(port + 10), DATA_DIR: dataDir, DEMO_CASES: '60', ...reached },
  },
});
