import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled to the last byte, and have room again. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  empty(): void;
  remove(): void;
}

const sparePages = 256;

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
  const [ballast, rest] = [join(folder, 'ballast'), join(folder, 'ballast-rest')];
  return {
    folder,
    fill: () => {
      const { bavail, bsize } = statfsSync(folder);
      // Most of it at a stroke, the rest page by page until there is none; where somebody else has written meanwhile, page by page from half of it on.
      for (let pages = bavail - sparePages; pages > 0; pages = Math.floor(pages / 2)) {
        try {
          execFileSync('fallocate', ['-l', String(pages * bsize), ballast], { stdio: 'ignore' });
          break;
        } catch {
          // Too much by now.
        }
      }
      const page = Buffer.alloc(bsize);
      try {
        for (;;) appendFileSync(rest, page);
      } catch {
        // Full.
      }
    },
    empty: () => {
      rmSync(ballast, { force: true });
      rmSync(rest, { force: true });
    },
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
