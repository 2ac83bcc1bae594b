import { mkdtempSync, rmSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';

const prefix = 'hushang-test-';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { readonly ownerUrl: string; readonly appUrl: string };
  }
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Removes clusters of test runs that were killed: their runner's process is gone. */
const clearStale = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    const runner = Number(readFileSync(join(dataDir, 'runner.pid'), { encoding: 'utf8', flag: 'a+' }));
    if (runner > 0 && lives(runner)) continue;
    const left = await startEmbedded({ dataDir, cacheDir: join(tmpdir(), 'hushang-postgres'), durable: false }).catch(
      () => undefined,
    );
    await left?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** Starts one throwaway database server for the whole run of the suite and stops it at the end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await clearStale();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  // The database's own user must be able to walk through this folder.
  (await import('node:fs')).chmodSync(dataDir, 0o755);
  writeFileSync(join(dataDir, 'runner.pid'), String(process.pid));
  const server = await startEmbedded({ dataDir, cacheDir: join(tmpdir(), 'hushang-postgres'), durable: false });
  project.provide('cluster', { ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
};
