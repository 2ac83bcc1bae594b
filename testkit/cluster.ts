import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';

/** A run's folder carries the process id of its runner, so that a folder whose runner is gone is known to be left over. */
const folderShape = /^hushang-test-(\d+)-/;

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

const isLeftOver = (folder: string): boolean => {
  const runner = folderShape.exec(folder)?.[1];
  return runner !== undefined && !lives(Number(runner));
};

/** Stops and removes the clusters of test runs that were killed. */
const clearLeftOver = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir()).filter(isLeftOver)) {
    const dataDir = join(tmpdir(), name);
    const options = { dataDir, cacheDir: join(tmpdir(), 'hushang-postgres'), durable: false };
    // Half a cluster cannot be started; it is removed all the same.
    const left = await startEmbedded(options).catch(() => undefined);
    await left?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** Starts one throwaway database server for the whole run of the suite and stops it at the end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await clearLeftOver();
  const dataDir = mkdtempSync(join(tmpdir(), `hushang-test-${process.pid}-`));
  // The database's own user must be able to walk through this folder.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, cacheDir: join(tmpdir(), 'hushang-postgres'), durable: false });
  project.provide('cluster', { ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
};
