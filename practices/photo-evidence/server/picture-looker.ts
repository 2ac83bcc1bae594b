import { fileURLToPath } from 'node:url';
import { taskProcessOf } from '#kernel/process/task-process.ts';
import { PictureBroken, type PictureLooker } from '../model/picture-seen.ts';
import type { LookNews, LookTask } from './messages.ts';

/** How the looker uses its process. */
export interface LookerSettings {
  /** So long without work, and the process ends and gives its memory back. */
  readonly idleSeconds: number;
  /** So long over one picture, and the process is killed. */
  readonly timeoutSeconds: number;
}

/** A looker with a process behind it. */
export interface OwnPictureLooker extends PictureLooker {
  /** The process id while one runs; null at rest. */
  workerPid(): number | null;
  /** Ends the process; looks under way and waiting are rejected. */
  close(): Promise<void>;
}

/**
 * Looks at pictures in a process of its own, one at a time: whoever serves people never waits for a picture, and one that takes more memory than there is takes that process alone. It is
 * started with the first and ended when idle.
 */
export const pictureLookerOf = ({ idleSeconds, timeoutSeconds }: LookerSettings): OwnPictureLooker => {
  const worker = taskProcessOf<Omit<LookTask, 'id'>, LookNews>({
    file: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    idleSeconds,
    silenceSeconds: timeoutSeconds,
  });
  return {
    look: (bytes) =>
      worker.run({ bytes }, (news) => {
        if ('seen' in news) return { result: news.seen };
        throw new PictureBroken(news.broken);
      }),
    workerPid: worker.pid,
    close: worker.close,
  };
};
