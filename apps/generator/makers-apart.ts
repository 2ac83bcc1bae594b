import { fileURLToPath } from 'node:url';
import { type Heard, taskProcessOf } from '#kernel/process/task-process.ts';
import type { Made, Maker, Stretch } from './maker.ts';
import type { TimeLine } from './places.ts';

/** What a process that makes cases is asked: to make a stretch, or, without one, to have everything written. */
export interface MakingTask {
  readonly id: number;
  readonly databaseUrl: string;
  readonly line: TimeLine;
  readonly stretch: Stretch | null;
}

/** What it answers. */
export type MakingNews = { readonly id: number } & (
  | { readonly made: Made }
  | { readonly flushed: true }
  | { readonly broken: Error }
);

const program = fileURLToPath(new URL('./maker-process.ts', import.meta.url));

const hearMade = (news: MakingNews): Heard<Made> => {
  if ('broken' in news) throw news.broken;
  return 'made' in news ? { result: news.made } : undefined;
};

const hearFlushed = (news: MakingNews): Heard<void> => {
  if ('broken' in news) throw news.broken;
  return 'flushed' in news ? { result: undefined } : undefined;
};

/**
 * Makers in processes of their own, with our settings unless others are given. All of them reckon and write: they are as many as there are cores, and the
 * database works for one while the others reckon.
 */
export const makersApart = (
  databaseUrl: string,
  line: TimeLine,
  count: number,
  env?: Readonly<Record<string, string>>,
): readonly Maker[] =>
  Array.from({ length: count }, (): Maker => {
    // One that has nothing to do is not to end: the numbers of the statistics lie with it until it is asked to write them.
    const worker = taskProcessOf<Omit<MakingTask, 'id'>, MakingNews>({
      file: program,
      idleSeconds: 86_400,
      silenceSeconds: 3_600,
      // The rows of a stretch outlive a small nursery and would be moved about in it.
      flags: ['--max-semi-space-size=64'],
      env,
    });
    return {
      make: (stretch) => worker.run({ databaseUrl, line, stretch }, hearMade),
      flush: () => worker.run({ databaseUrl, line, stretch: null }, hearFlushed),
      close: () => worker.close(),
    };
  });
