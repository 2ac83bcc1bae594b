import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled to the last byte, and have room again. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  empty(): void;
  remove(): void;
}

/** A disk in memory of so many MiB; undefined where this machine does not let us mount one. */
export const aSmallDisk = (mebibytes: number): SmallDisk | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  // The database's own user must be able to walk through this folder.
  chmodSync(folder, 0o755);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      const { bavail, bsize } = statfsSync(folder);
      try {
        // By somebody else while this is written, and by what is rounded, it is full before: so much the better.
        execFileSync('fallocate', ['-l', String(bavail * bsize), ballast], { stdio: 'ignore' });
        writeFileSync(join(folder, 'ballast-rest'), Buffer.alloc(4 * bsize));
      } catch {
        // Full.
      }
    },
    empty: () => {
      rmSync(ballast, { force: true });
      rmSync(join(folder, 'ballast-rest'), { force: true });
    },
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
