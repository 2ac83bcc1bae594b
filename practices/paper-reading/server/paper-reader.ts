import { setImmediate as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Heard, ProcessLost, taskProcessOf } from '#kernel/process/task-process.ts';
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

/** What a task's news comes to. Errors: {@link PaperUnreadable}; {@link ProcessLost} for a worker that broke down: the machine's fault, not the photograph's. */
const heardOf = (news: WorkerNews, onProgress: (fraction: number) => void): Heard<Sighting> => {
  if (news.kind === 'seen') return { result: news.sighting };
  if (news.kind === 'refused') throw new PaperUnreadable(news.message);
  if (news.kind === 'failed') throw new ProcessLost(news.detail);
  onProgress(news.fraction);
  return undefined;
};

/** Begins again, once, what lost its worker. Errors: {@link PaperUnreadable}, also when the second worker is lost. */
const twiceAtMost = async <T>(attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ProcessLost)) throw error;
  }
  try {
    return await attempt();
  } catch (cause) {
    throw cause instanceof ProcessLost ? new PaperUnreadable(failed, { cause }) : cause;
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
  const worker = taskProcessOf<Omit<WorkerTask, 'id'>, WorkerNews>({
    file: settings.workerFile ?? fileURLToPath(new URL('./worker.ts', import.meta.url)),
    idleSeconds: settings.idleSeconds,
    silenceSeconds: settings.timeoutSeconds,
  });
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    // Whoever waited for this one has it before the next is fetched.
    queue = result.catch(() => undefined).then(() => pause());
    return result;
  };
  return {
    read: async (paper, source, told) => {
      const form = findPaperForm(paper);
      if (!form) throw new PaperUnreadable('这类材料不识别，请手工填写');
      const onProgress = growing(told);
      const sighting = await inTurn(async () => {
        const bytes = await bytesOf(source);
        return twiceAtMost(() => worker.run({ bytes, detail: form.detail }, (news) => heardOf(news, onProgress)));
      });
      onProgress(1);
      return readPaper(form, sighting);
    },
    workerPid: worker.pid,
    close: worker.close,
  };
};
