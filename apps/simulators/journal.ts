import type { Fault, SystemId } from './faults.ts';

/** One crossing as the simulators saw it; no personal data. */
export interface JournalEntry {
  readonly at: string;
  readonly system: SystemId;
  readonly exchange: string;
  readonly key: string;
  /** `in`: asked by the supervision system; `out`: a callback to it. */
  readonly direction: 'in' | 'out';
  /**
   * The code answered, or what happened instead: `hang` and `cut`; of a callback: `taken`, `outdated` (its round is over), `again`
   * (not taken, will be repeated), `lost`, `given-up`.
   */
  readonly outcome: string;
  /** The kind of the fault that struck, if one did. */
  readonly fault: Fault['kind'] | null;
  /** Whether a first result was given again, or a callback was sent again. */
  readonly repeat: boolean;
  readonly ms: number;
}

/** The last crossings, newest last. */
export interface Journal {
  add(entry: JournalEntry): void;
  list(): readonly JournalEntry[];
  clear(): void;
}

/** A journal that keeps the last `capacity` entries. */
export const journalOf = (capacity: number): Journal => {
  let entries: JournalEntry[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > capacity * 2) entries = entries.slice(-capacity);
    },
    list: () => entries.slice(-capacity),
    clear: () => {
      entries = [];
    },
  };
};
