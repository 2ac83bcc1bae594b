import { ProcessLost, type TaskProcess, taskProcessOf } from '#kernel/process/task-process.ts';
import { type ExportInHand, exportWaits, noteOfExport } from './case-export.store.ts';
import type { ExportDesk } from './export-desk.ts';
import { aliveMs } from './export-file.ts';
import { type ExportHand, type Lane, lanes } from './export-hand.ts';

/** What the program that writes exports is asked: to write what waits in a lane of a database. */
export interface ExportTask {
  readonly id: number;
  readonly databaseUrl: string;
  readonly lane: Lane;
}

/** What it says of a task: which export it has in hand, again and again; what failed, in the words of an error; that nothing waits any more; that it cannot go on. */
export type ExportNews = { readonly id: number } & (
  | { readonly inHand: ExportInHand }
  | { readonly failure: Error; readonly about: object }
  | { readonly over: true }
  | { readonly broken: Error }
);

/** How the program is run. */
export interface ExportProgram {
  readonly file: string;
  readonly databaseUrl: string;
  readonly idleSeconds: number;
  /** Its settings, those of the server; our own environment unless given. */
  readonly env?: Readonly<Record<string, string>>;
}

type Process = TaskProcess<Omit<ExportTask, 'id'>, ExportNews>;

/** Between two pages it is silent for milliseconds, and dead when others would think so. */
const silenceSeconds = aliveMs / 1_000;

/** Writing an export takes few long-lived objects and many short-lived ones: a small heap is collected often and costs little. */
const flags = ['--max-semi-space-size=4', '--max-old-space-size=160'];

const hearing =
  (desk: Pick<ExportDesk<unknown>, 'onFailure'>, take: (one: ExportInHand) => void) => (news: ExportNews) => {
    if ('over' in news) return { result: undefined };
    if ('broken' in news) throw new ProcessLost(news.broken.message, { cause: news.broken });
    if ('inHand' in news) take(news.inHand);
    else desk.onFailure(news.failure, news.about);
    return undefined;
  };

/**
 * Writes exports in processes of their own, one for each lane, begun when something waits and ended when idle, so that nobody else feels a long one. What such
 * a process had in hand when it was lost waits again at once: it is dead by then, and nothing it began can still end well.
 */
export const handApart =
  ({ file, databaseUrl, idleSeconds, env }: ExportProgram) =>
  ({ db, clock, onFailure }: Pick<ExportDesk<unknown>, 'db' | 'clock' | 'onFailure'>): ExportHand => {
    const processes = new Map<Lane, Process>(
      lanes.map((lane) => [lane, taskProcessOf({ file, idleSeconds, silenceSeconds, flags, env })]),
    );
    /** Whether to look again: of an export in hand one attempt is used up, so that this ends. */
    const workIn = async (process: Process, lane: Lane, stopping: AbortSignal): Promise<boolean> => {
      let inHand: ExportInHand | undefined;
      const end = (): void => void process.close();
      stopping.addEventListener('abort', end, { once: true });
      try {
        await process.run(
          { databaseUrl, lane },
          hearing({ onFailure }, (one) => {
            inHand = one;
          }),
        );
        return false;
      } catch (error) {
        if (!(error instanceof ProcessLost)) throw error;
        if (!stopping.aborted) onFailure(error, inHand ? { caseExport: inHand.id } : {});
        if (!inHand) return false;
        await noteOfExport(db, inHand, { state: 'queued', alive_until: null });
        return true;
      } finally {
        stopping.removeEventListener('abort', end);
      }
    };
    return {
      work: async (lane, stopping) => {
        const process = processes.get(lane);
        if (!process) throw new Error('an unknown lane');
        let again = true;
        while (again) {
          const waits = !stopping.aborted && (await exportWaits(db, lane, clock.now()));
          // Asked again: it may have been stopped while the database was asked.
          again = waits && !stopping.aborted && (await workIn(process, lane, stopping));
        }
      },
      close: async () => {
        await Promise.all([...processes.values()].map((process) => process.close()));
      },
    };
  };
