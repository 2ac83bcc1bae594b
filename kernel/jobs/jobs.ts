import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '#kernel/connector/crossing.ts';
import { asSpan, type Tracing } from '#kernel/telemetry/span.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** How a job of this process went so far. */
export interface JobNote {
  readonly id: string;
  readonly everyMs: number;
  readonly running: boolean;
  readonly rounds: number;
  readonly failures: number;
  readonly lastBeganAt: Date | null;
  /** How long the last finished round took, in milliseconds. */
  readonly lastMs: number | null;
  readonly lastFailedAt: Date | null;
  /** What failed last, in words without values; null when the last round went well. */
  readonly fault: string | null;
}

/** A job that is done again and again by itself. */
export interface Repeating {
  /** The first round begins at once. A job that was started goes on as it does. */
  start(): void;
  /** Begins no other round, and resolves when the one at hand is over. */
  stop(): Promise<void>;
}

/** Where a job is done: in every process, because it is about the process itself, or by those that do the common work. */
export type JobPlace = 'every-process' | 'common';

/** What a process does by itself, and how it goes. */
export interface Jobs {
  /** Whether this process does common work; where it does not, jobs of that kind never begin in it. */
  readonly commonWork: boolean;
  /**
   * Work that is done when started and again `everyMs` after each end; what fails is told and tried again in the next round. Work that takes long looks at the signal, which tells that it is to stop.
   * Common work unless said otherwise.
   */
  repeat(id: string, everyMs: number, work: (stopping: AbortSignal) => Promise<unknown>, place?: JobPlace): Repeating;
  /** One for each job that was ever started, in the order they were. */
  notes(): readonly JobNote[];
}

/** The same, but not begun at somebody's wish in a process that does no common work: the next round of another process finds what waits. */
export const beginningHere = <T extends { begin(): void }>({ commonWork }: Pick<Jobs, 'commonWork'>, one: T): T =>
  commonWork ? one : { ...one, begin: () => undefined };

type Note = { -readonly [K in keyof JobNote]: JobNote[K] };

/** No trace led to a round; it gets an id of its own. */
const newTrace = '';

const notHere: Repeating = { start: () => undefined, stop: async () => undefined };

/** Source: T2.2; architecture 7.6. */
export const jobsOf = ({
  clock,
  onFailure,
  commonWork = true,
  tracing,
}: {
  readonly clock: Clock;
  readonly onFailure: (error: unknown, about: object) => void;
  readonly commonWork?: boolean;
  /** Each round is a trace of its own where traces are wanted. */
  readonly tracing?: Tracing | undefined;
}): Jobs => {
  const notes: Note[] = [];
  const round = async (note: Note, work: () => Promise<unknown>): Promise<void> => {
    const began = clock.now();
    Object.assign(note, { running: true, lastBeganAt: began });
    try {
      await asSpan(tracing?.begin(newTrace, `job ${note.id}`, 'internal', { 'hushang.job': note.id }), work);
      note.fault = null;
    } catch (error) {
      note.failures += 1;
      Object.assign(note, { lastFailedAt: clock.now(), fault: reasonOf(error) });
      onFailure(error, { job: note.id });
    }
    note.rounds += 1;
    Object.assign(note, { running: false, lastMs: Math.max(0, clock.now().getTime() - began.getTime()) });
  };
  return {
    commonWork,
    notes: () => notes.map((note) => ({ ...note })),
    repeat: (id, everyMs, work, place = 'common') => {
      if (place === 'common' && !commonWork) return notHere;
      const ending = new AbortController();
      const { signal } = ending;
      let going: Promise<void> | undefined;
      const go = async (note: Note): Promise<void> => {
        while (!signal.aborted) {
          await round(note, async () => work(signal));
          // Aborting is how the pause ends early.
          await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
        }
      };
      return {
        start: () => {
          if (going) return;
          const note: Note = {
            id,
            everyMs,
            running: false,
            rounds: 0,
            failures: 0,
            lastBeganAt: null,
            lastMs: null,
            lastFailedAt: null,
            fault: null,
          };
          notes.push(note);
          going = go(note);
        },
        stop: async () => {
          ending.abort();
          await going;
        },
      };
    },
  };
};
