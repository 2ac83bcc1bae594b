import type { PictureSeen } from '../model/picture-seen.ts';

/** What is asked of the process that looks at pictures. */
export interface LookTask {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What it says of a task. */
export type LookNews =
  | { readonly id: number; readonly seen: PictureSeen }
  | { readonly id: number; readonly broken: string };
