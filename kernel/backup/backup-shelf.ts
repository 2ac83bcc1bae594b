import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BackupBroken, BackupRefused } from './backup-failure.ts';
import { type BackupParts, makeBackup } from './make-backup.ts';
import { type BackupManifest, manifestName, readManifest } from './manifest.ts';

/** A backup that was made beside earlier ones. */
export interface ShelvedBackup {
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** Older ones that were deleted, since only so many are kept; and what was left unfinished days ago. */
  readonly dropped: readonly string[];
  /** Those whose manifest this program does not read: altered, or of another version. They are never deleted. */
  readonly unread: readonly string[];
}

const nameShape = /^\d{8}T\d{6}Z$/;

/** By its time. */
const nameAt = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Nobody writes at a backup for so long. Assumption. */
const longestMs = 3 * 86_400_000;

const namesIn = async (root: string): Promise<readonly string[]> => {
  try {
    return (await readdir(root)).filter((name) => nameShape.test(name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** When a backup ended; `unfinished` where there is no manifest, `unread` where this program cannot read it. */
const standingOf = async (folder: string): Promise<Date | 'unfinished' | 'unread'> => {
  try {
    return new Date((await readManifest(folder)).endedAt);
  } catch (error) {
    if (error instanceof BackupRefused) return 'unfinished';
    if (error instanceof BackupBroken) return 'unread';
    throw error;
  }
};

interface Shelf {
  /** Whole ones, the one that ended first at the front; those a clock that was ahead has dated behind `now` stand before all others. */
  readonly whole: readonly string[];
  readonly unread: readonly string[];
  readonly unfinished: readonly string[];
}

const shelfOf = async (root: string, now: Date): Promise<Shelf> => {
  const found: { readonly folder: string; readonly standing: Date | 'unfinished' | 'unread' }[] = [];
  for (const name of await namesIn(root)) {
    const folder = join(root, name);
    found.push({ folder, standing: await standingOf(folder) });
  }
  const orderOf = (standing: Date | string): number => {
    const at = standing instanceof Date ? standing.getTime() : 0;
    return at > now.getTime() ? 0 : at;
  };
  return {
    whole: found
      .filter(({ standing }) => standing instanceof Date)
      .sort((one, other) => orderOf(one.standing) - orderOf(other.standing))
      .map(({ folder }) => folder),
    unread: found.filter(({ standing }) => standing === 'unread').map(({ folder }) => folder),
    unfinished: found.filter(({ standing }) => standing === 'unfinished').map(({ folder }) => folder),
  };
};

/** Deletes the oldest beyond those that are kept, manifest first so that what is half deleted is no backup, never the one just made; and what has no manifest after days. */
const clear = async (root: string, keep: number, made: string, now: Date): Promise<readonly string[]> => {
  const { whole, unfinished } = await shelfOf(root, now);
  const stale = unfinished.filter((folder) => basename(folder) < nameAt(new Date(now.getTime() - longestMs)));
  const others = whole.filter((folder) => folder !== made);
  const dropped = [...others.slice(0, Math.max(0, others.length - (keep - 1))), ...stale];
  for (const folder of dropped) {
    await rm(join(folder, manifestName), { force: true });
    await rm(folder, { recursive: true });
  }
  return dropped;
};

/**
 * Makes a backup in a folder of its own, named by its time, beside earlier ones: files the newest of them has get a second name and no second copy. Each is whole by
 * itself, and deleting one harms no other. When `approve` has gone through, only the newest `keep` whole ones stay. Errors: throws BackupRefused, and what `approve`
 * throws; then nothing is deleted.
 */
export const shelveBackup = async (
  root: string,
  keep: number,
  parts: Omit<BackupParts, 'folder' | 'earlier'>,
  approve: (folder: string, manifest: BackupManifest) => Promise<void> = async () => undefined,
): Promise<ShelvedBackup> => {
  const { clock } = parts;
  const folder = join(root, nameAt(clock.now()));
  const { whole, unread } = await shelfOf(root, clock.now());
  const earlier = whole.at(-1);
  const manifest = await makeBackup({ ...parts, folder, ...(earlier === undefined ? {} : { earlier }) });
  await approve(folder, manifest);
  return { folder, manifest, dropped: await clear(root, keep, folder, clock.now()), unread };
};
