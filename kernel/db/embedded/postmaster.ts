import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the pid file of a data folder says of a server that may still live. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const stateOf = (pid: number): { readonly name: string; readonly zombie: boolean } | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    return { name: stat.slice(stat.indexOf('(') + 1, close), zombie: stat.slice(close + 2).startsWith('Z') };
  } catch {
    // No such process.
    return undefined;
  }
};

/**
 * The living server of a data folder, if any. A pid file whose process is gone, a zombie, or not PostgreSQL is stale and removed, so
 * that a killed server never blocks the next start.
 */
export const findPostmaster = (dataFolder: string): Postmaster | undefined => {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const process = Number.isInteger(pid) && pid > 0 ? stateOf(pid) : undefined;
  if (process && !process.zombie && process.name.startsWith('postgres')) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return undefined;
};
