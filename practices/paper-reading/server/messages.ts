import type { Sighting } from '../model/text-piece.ts';

/** What the reader asks of its worker process. */
export interface WorkerTask {
  readonly id: number;
  readonly bytes: Uint8Array;
  /** Longest side, in pixels, at which text is looked for. */
  readonly detail: number;
}

/** What the worker says of a task. `refused` is a message for the user; `failed` is for the log. */
export type WorkerNews =
  | { readonly id: number; readonly kind: 'progress'; readonly fraction: number }
  | { readonly id: number; readonly kind: 'seen'; readonly sighting: Sighting }
  | { readonly id: number; readonly kind: 'refused'; readonly message: string }
  | { readonly id: number; readonly kind: 'failed'; readonly detail: string };
