import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { abandonOldest, putOffAwaited } from './awaited-file.store.ts';
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
 * awaited, since it left them in the very transaction that made the matter speak of it. What cannot be deleted is tried again a
 * day later, after the others. Answers how many were cleared away. Errors: throws the first failure when all others are done. Source: tender T2.2, T5.6.
 */
export const clearAbandonedFiles = async ({ db, clock, store }: AbandonedFilesParts): Promise<number> => {
  const now = clock.now();
  const before = new Date(now.getTime() - waitMs);
  const failures: unknown[] = [];
  const clearOldest = async (): Promise<boolean> => {
    let key: string | undefined;
    try {
      await abandonOldest(db, before, async (tx, storeKey) => {
        key = storeKey;
        await store.delete(storeKey);
        await dropFileKey(tx, storeKey);
      });
    } catch (error) {
      if (key === undefined) throw error;
      failures.push(error);
      await putOffAwaited(db, key, now);
    }
    return key !== undefined;
  };
  let tried = 0;
  while (tried < mostAtOnce && (await clearOldest())) tried += 1;
  if (failures.length > 0) throw failures[0];
  return tried;
};
