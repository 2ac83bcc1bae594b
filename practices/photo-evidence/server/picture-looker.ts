import { Worker } from 'node:worker_threads';
import { PictureBroken, type PictureLooker, type PictureSeen } from '../model/picture-seen.ts';
import type { LookNews, LookTask } from './messages.ts';

/** How the looker uses its thread. */
export interface LookerSettings {
  /** So long without work, and the thread ends and gives its memory back. */
  readonly idleSeconds: number;
  /** So long over one picture, and the thread is ended. */
  readonly timeoutSeconds: number;
}

/** A looker with a thread behind it. */
export interface OwnPictureLooker extends PictureLooker {
  /** Ends the thread; a look under way is rejected. */
  close(): Promise<void>;
}

const lookBy = (worker: Worker, task: LookTask, timeoutMs: number): Promise<PictureSeen> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(silence);
      worker.off('message', onNews).off('error', onEnd).off('exit', onEnd);
      finish();
    };
    const onEnd = (): void => settle(() => reject(new Error('the thread ended over a picture')));
    const onNews = (news: LookNews): void => {
      if (news.id !== task.id) return;
      settle(() => ('seen' in news ? resolve(news.seen) : reject(new PictureBroken(news.broken))));
    };
    const silence = setTimeout(() => {
      settle(() => reject(new Error('a picture took too long')));
      void worker.terminate();
    }, timeoutMs);
    worker.on('message', onNews).on('error', onEnd).on('exit', onEnd);
    worker.postMessage(task);
  });

/** Looks at pictures in a thread of its own, one at a time, so that whoever serves people never waits for a picture. The thread is started with the first and ended when idle. */
export const pictureLookerOf = ({ idleSeconds, timeoutSeconds }: LookerSettings): OwnPictureLooker => {
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let lastTask = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const running = (): Worker => {
    if (worker) return worker;
    const started = new Worker(new URL('./worker.ts', import.meta.url));
    // What nobody listens to any more must not end the whole process.
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (worker === started) worker = null;
    });
    started.unref();
    worker = started;
    return started;
  };
  const end = async (): Promise<void> => {
    clearTimeout(rest);
    await worker?.terminate();
  };
  const look = async (bytes: Uint8Array): Promise<PictureSeen> => {
    clearTimeout(rest);
    lastTask += 1;
    try {
      return await lookBy(running(), { id: lastTask, bytes }, timeoutSeconds * 1000);
    } finally {
      rest = setTimeout(() => void end(), idleSeconds * 1000).unref();
    }
  };
  return {
    look: (bytes) => {
      const result = queue.then(() => look(bytes));
      queue = result.catch(() => undefined);
      return result;
    },
    close: end,
  };
};
