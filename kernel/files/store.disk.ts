import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from './file-store.ts';

const keyShape = /^[0-9a-f-]{36}$/;

const reachDisk = async (file: string): Promise<void> => {
  const handle = await open(file, 'r');
  await handle.sync();
  await handle.close();
};

/**
 * Files below a folder, fanned out by the last digits of their key; written beside their place and moved there when whole. `hasty`
 * does not wait until the disk has them: for files that can be made again.
 */
export const diskStore = (folder: string, options: { readonly hasty?: true } = {}): FileStore => {
  const placeOf = (key: string): string => {
    if (!keyShape.test(key)) throw new Error('malformed file key');
    return join(folder, key.slice(-2), key.slice(-4, -2), key);
  };
  return {
    put: async (key, stream) => {
      const place = placeOf(key);
      const unfinished = `${place}.part`;
      await mkdir(dirname(place), { recursive: true });
      try {
        await pipeline(stream, createWriteStream(unfinished, { flags: 'w', mode: 0o600 }));
        if (!options.hasty) await reachDisk(unfinished);
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
    delete: async (key) => rm(placeOf(key), { force: true }),
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
