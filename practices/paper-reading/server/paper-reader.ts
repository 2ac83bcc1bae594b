import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findPaperForm } from '../model/paper-forms.ts';
import { bytesOf, type PaperReader } from '../model/paper-reading.ts';
import { readPaper } from '../model/read-paper.ts';
import type { Sighting } from '../model/text-piece.ts';
import type { WorkerNews, WorkerTask } from './messages.ts';

/** Why a photograph was not read; the message tells the user what to do. */
export class PaperUnreadable extends Error {}

/** How the reader uses its worker process. */
export interface PaperReaderSettings {
  /** So long without work, and the process ends and gives its memory back. */
  readonly idleSeconds: number;
  /** So long without any news of a photograph, and the process is killed. */
  readonly timeoutSeconds: number;
  /** Another program in the place of the worker; tests use one that hangs. */
  readonly workerFile?: string;
}

/** A reader with a process behind it. */
export interface OwnPaperReader extends PaperReader {
  /** The worker's process id while one runs; null at rest. */
  workerPid(): number | null;
  /** Ends the process; readings under way and waiting are rejected. */
  close(): Promise<void>;
}

const failed = '识别没有成功，可以重新识别，或直接手工填写';

/** A worker that died, fell silent or broke down over a photograph: the machine's fault, not the photograph's. */
class WorkerLost extends Error {}

interface Worker {
  readonly process: ChildProcess;
  readonly gone: Promise<void>;
}

const startWorker = (file: string): Worker => {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // A worker that has nothing to do keeps nobody awake.
  child.unref();
  child.channel?.unref();
  return { process: child, gone };
};

/** One task in a worker; kills the worker when it falls silent or breaks down. Errors: {@link PaperUnreadable}, {@link WorkerLost}. */
const sightingBy = (
  { process: child }: Worker,
  task: WorkerTask,
  silenceMs: number,
  onProgress: (fraction: number) => void,
): Promise<Sighting> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(silence);
      child.off('message', onNews).off('exit', onEnd).off('error', onEnd);
      child.unref();
      child.channel?.unref();
      finish();
    };
    const lose = (why: string): void => settle(() => reject(new WorkerLost(why)));
    const onEnd = (): void => lose('the worker ended');
    const onNews = (news: WorkerNews): void => {
      if (news.id !== task.id) return;
      silence.refresh();
      if (news.kind === 'progress') onProgress(news.fraction);
      else if (news.kind === 'seen') settle(() => resolve(news.sighting));
      else if (news.kind === 'refused') settle(() => reject(new PaperUnreadable(news.message)));
      else {
        child.kill('SIGKILL');
        lose(news.detail);
      }
    };
    const silence = setTimeout(() => {
      child.kill('SIGKILL');
      lose('the worker fell silent');
    }, silenceMs);
    child.ref();
    child.channel?.ref();
    child.on('message', onNews).on('exit', onEnd).on('error', onEnd);
    if (child.connected) child.send(task);
    else onEnd();
  });

/** Begins again, once, what lost its worker. Errors: {@link PaperUnreadable}, also when the second worker is lost. */
const twiceAtMost = async <T>(attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
  }
  try {
    return await attempt();
  } catch (cause) {
    throw cause instanceof WorkerLost ? new PaperUnreadable(failed, { cause }) : cause;
  }
};

/** Progress that only grows, though the work may be begun anew. */
const growing = (onProgress: (fraction: number) => void): ((fraction: number) => void) => {
  let furthest = 0;
  return (fraction) => {
    if (fraction <= furthest) return;
    furthest = fraction;
    onProgress(fraction);
  };
};

/**
 * Reads papers by the product's own OCR, in a process of its own: started with the first photograph, one photograph at a time, ended
 * when idle, killed when silent, started anew after it died. A photograph over which the worker was lost is tried once more by a new
 * one: on a busy machine that is no reason to ask for another photograph. It ends by itself when this process is gone.
 */
export const paperReaderOf = (settings: PaperReaderSettings): OwnPaperReader => {
  const file = settings.workerFile ?? fileURLToPath(new URL('./worker.ts', import.meta.url));
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let lastTask = 0;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  const running = (): Worker => {
    if (worker) return worker;
    const started = startWorker(file);
    worker = started;
    void started.gone.then(() => {
      if (worker === started) worker = null;
    });
    return started;
  };
  const end = async (): Promise<void> => {
    clearTimeout(rest);
    const ending = worker;
    worker = null;
    // Whoever waits for its end must not fall asleep over it.
    ending?.process.ref();
    ending?.process.kill('SIGKILL');
    await ending?.gone;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const spot = async (bytes: Uint8Array, detail: number, onProgress: (fraction: number) => void): Promise<Sighting> => {
    if (closed) throw new PaperUnreadable(failed);
    clearTimeout(rest);
    lastTask += 1;
    const used = running();
    try {
      return await sightingBy(used, { id: lastTask, bytes, detail }, settings.timeoutSeconds * 1000, onProgress);
    } finally {
      // A worker killed or gone is waited for, so that the next photograph never meets it.
      if (used.process.killed || !used.process.connected) await used.gone;
      rest = setTimeout(() => void end(), settings.idleSeconds * 1000).unref();
    }
  };

  return {
    read: async (paper, source, told) => {
      const form = findPaperForm(paper);
      if (!form) throw new PaperUnreadable('这类材料不识别，请手工填写');
      const onProgress = growing(told);
      const sighting = await inTurn(async () => {
        const bytes = await bytesOf(source);
        return twiceAtMost(() => spot(bytes, form.detail, onProgress));
      });
      onProgress(1);
      return readPaper(form, sighting);
    },
    workerPid: () => worker?.process.pid ?? null,
    close: async () => {
      closed = true;
      await end();
    },
  };
};
