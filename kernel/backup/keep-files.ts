import { link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore, placeOfFile } from '#kernel/files/store.disk.ts';
import { type EarlierFiles, earlierFiles } from './earlier-files.ts';
import { isKept, type KeptFile, type ListedFile, linesOf, writeFileList } from './file-list.ts';
import { isSpokenOf, type SpokenOf } from './kept-file.store.ts';
import { type BackupManifest, filesFolder } from './manifest.ts';
import { Meter, measured } from './meter.ts';

/** What keeping files works with; see BackupParts. */
export interface KeepFilesParts {
  readonly db: Db;
  readonly files: FileStore;
  readonly folder: string;
  readonly earlier?: string;
  readonly onPart: (what: string) => void;
}

/** A file that a matter speaks of went away in good order after the moment of the backup: another moment is taken. */
export class WentAway extends Error {}

/** Where the keys of a moment's files lie until they are copied. */
export const keysPath = (folder: string): string => join(folder, 'keys.part');

/** How long a deletion may take between the bytes and the key, in ms. */
const deletingMs = 1_000;

/** What is to be said of a file whose bytes are not there; undefined of an upload that never came to its end. */
const absent = async ({ db, files }: KeepFilesParts, one: SpokenOf): Promise<ListedFile | undefined> => {
  const { key, awaited, lasting } = one;
  if (awaited) return undefined;
  await sleep(deletingMs);
  if (await files.exists(key)) throw new WentAway();
  if (await isSpokenOf(db, key)) return { key, missing: true };
  if (lasting) throw new WentAway();
  return { key, gone: true };
};

interface Kept {
  readonly file: ListedFile;
  readonly copied: boolean;
}

/** A second name for the bytes an earlier backup has: either of the two may be deleted, and the other stays whole. Undefined where the disk gives none. */
const linked = async ({ folder, earlier }: KeepFilesParts, file: KeptFile): Promise<Kept | undefined> => {
  if (earlier === undefined) return undefined;
  const place = placeOfFile(filesFolder(folder), file.key);
  try {
    await mkdir(dirname(place), { recursive: true });
    await link(placeOfFile(filesFolder(earlier), file.key), place);
    if ((await stat(place)).size === file.size) return { file, copied: false };
    await rm(place);
  } catch (error) {
    // Gone from there, too many names, another disk, a disk without names of this kind: the file is copied.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  return undefined;
};

const keepFile = async (
  parts: KeepFilesParts,
  one: SpokenOf,
  before: KeptFile | undefined,
): Promise<Kept | undefined> => {
  const { key } = one;
  const kept = diskStore(filesFolder(parts.folder));
  // Copied for an earlier moment; files never change.
  if (await kept.exists(key)) {
    if (before) return { file: before, copied: false };
    const { bytes, sm3 } = await measured(await kept.get(key));
    return { file: { key, size: bytes, sm3 }, copied: true };
  }
  const found = before && (await linked(parts, before));
  if (found) return found;
  const meter = new Meter();
  try {
    await kept.put(key, Readable.from(meter.through(await parts.files.get(key))));
  } catch (error) {
    if (await parts.files.exists(key)) throw error;
    const file = await absent(parts, one);
    return file && { file, copied: false };
  }
  const { bytes, sm3 } = meter.total();
  return { file: { key, size: bytes, sm3 }, copied: true };
};

const sumOf = () => {
  const sum = { count: 0, bytes: 0, missing: 0, gone: 0, copied: { count: 0, bytes: 0 } };
  return {
    sum,
    add: ({ file, copied }: Kept): void => {
      if (isKept(file)) {
        for (const one of copied ? [sum, sum.copied] : [sum]) {
          one.count += 1;
          one.bytes += file.size;
        }
      } else if ('missing' in file) sum.missing += 1;
      else sum.gone += 1;
    },
  };
};

const keepSome = async (parts: KeepFilesParts, earlier: EarlierFiles, lines: readonly string[]) => {
  // Written by keyLines.
  const some = lines.map((line) => JSON.parse(line) as SpokenOf);
  const before: (KeptFile | undefined)[] = [];
  for (const { key } of some) before.push(await earlier.find(key));
  return (await Promise.all(some.map((one, at) => keepFile(parts, one, before[at])))).filter(
    (one) => one !== undefined,
  );
};

/**
 * Keeps the files whose keys were noted: by a second name where an earlier backup beside it has them, else by copying. Errors: throws {@link WentAway} where a matter
 * of that moment speaks of a file that is gone since.
 */
export const keepFiles = async (parts: KeepFilesParts): Promise<BackupManifest['files']> => {
  parts.onPart('files');
  const { sum, add } = sumOf();
  const earlier = await earlierFiles(parts.earlier);
  const listed = async function* (): AsyncGenerator<ListedFile> {
    for await (const lines of linesOf(keysPath(parts.folder)))
      for (const one of await keepSome(parts, earlier, lines)) {
        add(one);
        yield one.file;
      }
  };
  const { sm3 } = await writeFileList(parts.folder, listed());
  return { ...sum, sm3 };
};
