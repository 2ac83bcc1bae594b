import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import type { StoredFile } from '#kernel/files/file.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Shrink } from './shrinker.ts';

/** Stored pictures made small. */
export interface Thumbnails {
  /** A picture as a small JPEG; null where the file itself is to be shown: it is small already, no picture, or cannot be made smaller. Errors: rejects when the file cannot be read. */
  of(file: StoredFile): Promise<Uint8Array | null>;
}

/** A file that weighs no more is shown as it is. */
const smallBytes = 20_000;
/** What is kept in memory: some four thousand small pictures. */
const keptBytes = 32_000_000;

/**
 * Small pictures of stored ones, made when they are first asked for and kept in memory for as long as there is room: nothing is stored that would have to be sealed, checked, renewed
 * and cleared away as the photograph is. Source: ADR 0052.
 */
export const thumbnailsOf = (files: FileStore, shrink: Shrink): Thumbnails => {
  const kept = new LRUCache<string, { readonly small: Uint8Array | null }, StoredFile>({
    maxSize: keptBytes,
    sizeCalculation: ({ small }) => 200 + (small?.length ?? 0),
    // Several who ask at once wait for one.
    fetchMethod: async (storeKey, _, { context }) => {
      const bytes = await buffer(await files.get(storeKey));
      // What cannot be made smaller is shown as it is, and tried again once it is forgotten.
      const small = await shrink(bytes).catch(() => null);
      return { small: small && small.length < context.sizeBytes ? small : null };
    },
  });
  return {
    of: async (file) => {
      if (!file.mediaType.startsWith('image/') || file.sizeBytes <= smallBytes) return null;
      const found = await kept.fetch(file.storeKey, { context: file });
      return found?.small ?? null;
    },
  };
};
