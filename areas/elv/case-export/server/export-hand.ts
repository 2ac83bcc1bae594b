import { mostExportedInBulk } from '../model/case-export.contract.ts';

/** Exports of more than `over` and at most `most` rows, written one after the other. */
export interface Lane {
  readonly over: number;
  readonly most: number;
}

const short = 2_000;

/** Short exports have a lane of their own, so that none waits behind a long one. */
export const lanes: readonly Lane[] = [
  { over: 0, most: short },
  { over: short, most: mostExportedInBulk },
];

/** Whoever writes the files of exports, here or in a process of its own. */
export interface ExportHand {
  /** Writes what waits in a lane until nothing does, or the signal says to stop: what was in hand then waits again. */
  work(lane: Lane, stopping: AbortSignal): Promise<void>;
  /** Ends what it keeps between two exports. */
  close(): Promise<void>;
}
