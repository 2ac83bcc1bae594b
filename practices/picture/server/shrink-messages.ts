/** What is asked of the process that makes pictures smaller. */
export interface ShrinkTask {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What it says of a task. */
export type ShrinkNews =
  | { readonly id: number; readonly small: Uint8Array }
  | { readonly id: number; readonly broken: string };
