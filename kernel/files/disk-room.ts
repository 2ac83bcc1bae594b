import { stat, statfs } from 'node:fs/promises';

/** A folder of this machine that fills, and what it holds, as people read it. */
export interface FillingFolder {
  readonly holds: string;
  readonly folder: string;
}

/** A disk with what lies on it. `low`: less is free than should be; `ample`: a tenth more than that is. Between the two it only breathes. */
export interface DiskRoom {
  readonly holds: readonly string[];
  readonly freeBytes: number;
  readonly wholeBytes: number;
  readonly low: boolean;
  readonly ample: boolean;
}

/** How much room the disks under these folders have; folders on one disk are told as one. Source: tender T2.2, T3.1. */
export const diskRooms = async (
  folders: readonly FillingFolder[],
  spareBytes: number,
): Promise<readonly DiskRoom[]> => {
  const found = await Promise.all(folders.map(async (one) => ({ ...one, disk: (await stat(one.folder)).dev })));
  return Promise.all(
    [...Map.groupBy(found, ({ disk }) => disk).values()].map(async (of) => {
      const { bavail, blocks, bsize } = await statfs(of[0]?.folder ?? '');
      // What root may use beyond is not for us.
      const freeBytes = bavail * bsize;
      return {
        holds: of.map(({ holds }) => holds),
        freeBytes,
        wholeBytes: blocks * bsize,
        low: freeBytes < spareBytes,
        ample: freeBytes >= spareBytes * 1.1,
      };
    }),
  );
};
