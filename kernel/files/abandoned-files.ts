import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { abandonOldest } from './awaited-file.store.ts';
import { dropFileKey } from './file-key.store.ts';
import type { FileStore } from './file-store.ts';

/** What clearing away uploads that nobody took works with; `store` is where the sealed bytes lie. */
export interface AbandonedFilesParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly store: Pick<FileStore, 'delete'>;
}

/** No request lasts a day: who has not taken an upload by then never will. */
const waitMs = 86_400_000;
const mostAtOnce = 200;

/**
 * Deletes the bytes and keys of uploads that no matter took: of requests that were refused or killed half-way. A file that a matter speaks of is not among those
 * awaited, since it left them in the very transaction that made the matter speak of it. Answers how many were cleared away. Source: tender T2.2, T5.6.
 */
export const clearAbandonedFiles = async ({ db, clock, store }: AbandonedFilesParts): Promise<number> => {
  const before = new Date(clock.now().getTime() - waitMs);
  let cleared = 0;
  const remove = async (tx: Parameters<typeof dropFileKey>[0], key: string): Promise<void> => {
    await store.delete(key);
    await dropFileKey(tx, key);
  };
  while (cleared < mostAtOnce && (await abandonOldest(db, before, remove)) !== undefined) cleared += 1;
  return cleared;
};
