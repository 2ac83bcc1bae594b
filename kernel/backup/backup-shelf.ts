import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupBroken, BackupRefused } from './backup-failure.ts';
import { type BackupParts, makeBackup } from './make-backup.ts';
import { type BackupManifest, readManifest } from './manifest.ts';

/** A backup that was made beside earlier ones. */
export interface ShelvedBackup {
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** Older ones that were deleted, since only so many are kept. */
  readonly dropped: readonly string[];
}

const nameShape = /^\d{8}T\d{6}Z$/;

/** By its time, so that names sort as times do. */
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

const isWhole = async (folder: string): Promise<boolean> => {
  try {
    await readManifest(folder);
    return true;
  } catch (error) {
    if (error instanceof BackupBroken || error instanceof BackupRefused) return false;
    throw error;
  }
};

/** Deletes the oldest beyond those that are kept, manifest first so that what is half deleted is no backup; and what was left unfinished days ago. */
const clear = async (root: string, keep: number, now: Date): Promise<readonly string[]> => {
  const [whole, others]: [string[], string[]] = [[], []];
  for (const name of await namesIn(root)) ((await isWhole(join(root, name))) ? whole : others).push(name);
  const stale = others.filter((name) => name < nameAt(new Date(now.getTime() - longestMs)));
  const dropped = [...whole.slice(0, -keep), ...stale].map((name) => join(root, name));
  for (const folder of dropped) {
    await rm(join(folder, 'manifest.json'), { force: true });
    await rm(folder, { recursive: true });
  }
  return dropped;
};

/**
 * Makes a backup in a folder of its own, named by its time, beside earlier ones: files the newest of them has get a second name and no second copy. Each is whole by
 * itself, and deleting one harms no other. Afterwards only the newest `keep` whole ones stay. Errors: throws BackupRefused.
 */
export const shelveBackup = async (
  root: string,
  keep: number,
  parts: Omit<BackupParts, 'folder' | 'earlier'>,
): Promise<ShelvedBackup> => {
  const folder = join(root, nameAt(parts.clock.now()));
  let earlier: string | undefined;
  for (const name of (await namesIn(root)).toReversed()) {
    if (!(await isWhole(join(root, name)))) continue;
    earlier = join(root, name);
    break;
  }
  const manifest = await makeBackup({ ...parts, folder, ...(earlier === undefined ? {} : { earlier }) });
  return { folder, manifest, dropped: await clear(root, keep, parts.clock.now()) };
};
