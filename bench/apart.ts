import type { Figure } from './figure.ts';

/** What a measure comes to that takes long and keeps a table of its own: figures to be judged, and the table's cells, head first. */
export interface Apart {
  readonly figures: readonly Figure[];
  readonly cells: readonly (readonly string[])[];
  /** What the table does not say of how it came about; whole sentences. */
  readonly conditions: string;
}
