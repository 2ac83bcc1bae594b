import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import type { StoredFile } from '#kernel/files/file.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { ProcessLost } from '#kernel/process/task-process.ts';
import type { Shrink } from './shrinker.ts';

/** Stored pictures made small. */
export interface Thumbnails {
  /** A picture as a small JPEG; null where the file itself is to be shown: it is small already, no picture, or cannot be made smaller. Errors: rejects when the file cannot be read. */
  of(file: StoredFile): Promise<Uint8Array | null>;
}

/** A file that weighs no more is shown as it is. */
const smallBytes = 20_000;
/** What is kept in memory: some three thousand small pictures. */
const keptBytes = 32_000_000;
/** Photographs that are read and made smaller at the same time: each lies in memory meanwhile. */
const atOnce = 3;
/** When so many wait, the next are shown as they are, from the store to the browser without being held. */
const mostWaiting = 100;

/** Lets so many do something at a time, the others in the order they came. */
const inTurn = (most: number) => {
  let busy = 0;
  const queue: (() => void)[] = [];
  return {
    waiting: () => queue.length,
    run: async <T>(work: () => Promise<T>): Promise<T> => {
      if (busy >= most) await new Promise<void>((resolve) => queue.push(resolve));
      else busy += 1;
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else busy -= 1;
      }
    },
  };
};

/**
 * Small pictures of stored ones, made when they are first asked for and kept in memory for as long as there is room: nothing is stored that would have to be sealed, checked, renewed
 * and cleared away as the photograph is. Source: ADR 0052.
 */
export const thumbnailsOf = (files: FileStore, shrink: Shrink): Thumbnails => {
  const turns = inTurn(atOnce);
  const kept = new LRUCache<string, { readonly small: Uint8Array | null }, StoredFile>({
    maxSize: keptBytes,
    sizeCalculation: ({ small }) => 200 + (small?.length ?? 0),
    // Several who ask at once wait for one.
    fetchMethod: (storeKey, _, { context }) =>
      turns.run(async () => {
        const bytes = await buffer(await files.get(storeKey));
        const small = await shrink(bytes).catch((error: unknown) => {
          // Another picture's fault, or a busy machine's: the next who asks tries again.
          if (error instanceof ProcessLost) throw error;
          // What cannot be made smaller is shown as it is.
          return null;
        });
        return { small: small && small.length < context.sizeBytes ? small : null };
      }),
  });
  return {
    of: async (file) => {
      if (!file.mediaType.startsWith('image/') || file.sizeBytes <= smallBytes) return null;
      if (turns.waiting() >= mostWaiting && !kept.has(file.storeKey)) return null;
      try {
        return (await kept.fetch(file.storeKey, { context: file }))?.small ?? null;
      } catch (error) {
        if (error instanceof ProcessLost) return null;
        throw error;
      }
    },
  };
};
