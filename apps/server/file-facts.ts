import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { SealedFilesParts } from '#kernel/files/sealed-files.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** A page that is opened again and again must not raise an alert each time. Assumption: once an hour for a file is often enough. */
const againMs = 3_600_000;
const mostKept = 1_000;

/**
 * Puts down that a file was found altered, or gone, when it was read; the log's rules raise an alert from it. Where that fails `onFailure` is told, the next reading tries again,
 * and the reader hears of the file all the same. Source: tender R45, R55, T5.6.
 */
export const fileFacts = (
  db: Db,
  clock: Clock,
  onFailure: (error: unknown) => void,
): Required<Pick<SealedFilesParts, 'onBroken' | 'onMissing'>> => {
  const told = new Map<string, number>();
  const tell = async (action: 'kernel.files.broken' | 'kernel.files.missing', key: string, what: string) => {
    const at = clock.now();
    const last = told.get(key);
    if (last !== undefined && at.getTime() - last < againMs) return;
    if (told.size >= mostKept) told.clear();
    // Before it is written, so that of many who read at once one tells.
    told.set(key, at.getTime());
    const written = inTransaction(db, (tx) =>
      appendFact(tx, {
        at,
        kind: 'security',
        action,
        actor: { id: 'system', name: '系统', organisationId: null, ip: '' },
        object: { type: 'kernel.file', id: key },
        outcome: 'failed',
        detail: { file: key, detail: what },
        traceId: '',
      }),
    );
    await written.catch((error: unknown) => {
      told.delete(key);
      onFailure(error);
    });
  };
  return {
    onBroken: (key, what) => tell('kernel.files.broken', key, what),
    onMissing: (key) => tell('kernel.files.missing', key, 'the file is gone from its store'),
  };
};
