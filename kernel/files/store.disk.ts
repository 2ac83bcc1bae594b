import { createReadStream } from 'node:fs';
import { access, type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileStore } from './file-store.ts';

const keyShape = /^[0-9a-f-]{36}$/;

/** Opens a new file; its folder is made when it is missing, which after the first weeks it never is. */
const openNew = async (file: string): Promise<FileHandle> => {
  try {
    return await open(file, 'w', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await mkdir(dirname(file), { recursive: true });
    return open(file, 'w', 0o600);
  }
};

const writeAll = async (file: string, stream: Readable, hasty: boolean): Promise<void> => {
  const handle = await openNew(file);
  try {
    await writeFile(handle, stream);
    if (!hasty) await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Where a file lies below the folder of a disk store. Errors: throws for what is no key. */
export const placeOfFile = (folder: string, key: string): string => {
  if (!keyShape.test(key)) throw new Error('malformed file key');
  return join(folder, key.slice(-2), key.slice(-4, -2), key);
};

/**
 * Files below a folder, fanned out by the last digits of their key; written beside their place and moved there when whole. `hasty`
 * does not wait until the disk has them: for files that can be made again.
 */
export const diskStore = (folder: string, options: { readonly hasty?: true } = {}): FileStore => {
  const placeOf = (key: string): string => placeOfFile(folder, key);
  return {
    put: async (key, stream) => {
      const place = placeOf(key);
      const unfinished = `${place}.part`;
      try {
        await writeAll(unfinished, stream, options.hasty === true);
        await rename(unfinished, place);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    get: async (key) => {
      const place = placeOf(key);
      await access(place);
      return createReadStream(place);
    },
    delete: async (key) => {
      // A process that was killed has left what it had not written to the end.
      await rm(`${placeOf(key)}.part`, { force: true });
      await rm(placeOf(key), { force: true });
    },
    exists: async (key) => {
      try {
        await access(placeOf(key));
        return true;
      } catch {
        return false;
      }
    },
  };
};
