import { fileURLToPath } from 'node:url';
import { taskProcessOf } from '#kernel/process/task-process.ts';
import type { ShrinkNews, ShrinkTask } from './shrink-messages.ts';

/** Makes a picture smaller, see {@link smallPicture}. Errors: rejects when that cannot be done, or not now. */
export type Shrink = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Makes pictures smaller in a process of its own, one after the other; ended when idle, killed when it takes too long or too much memory. */
export const pictureShrinkerOf = (settings: {
  readonly idleSeconds: number;
  readonly timeoutSeconds: number;
}): { readonly shrink: Shrink; close(): Promise<void> } => {
  const worker = taskProcessOf<Omit<ShrinkTask, 'id'>, ShrinkNews>({
    file: fileURLToPath(new URL('./shrink-worker.ts', import.meta.url)),
    idleSeconds: settings.idleSeconds,
    silenceSeconds: settings.timeoutSeconds,
  });
  return {
    shrink: (bytes) =>
      worker.run({ bytes }, (news) => {
        if ('small' in news) return { result: news.small };
        throw new RangeError(news.broken);
      }),
    close: worker.close,
  };
};
