import type { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import {
  arrived,
  type Batch,
  collided,
  dropped,
  nextBatch,
  notArrived,
  type Queue,
  restful,
  sending,
  settled,
  turnedDown,
  typed,
} from './autosave-queue.ts';

/** How the saving stands, as shown beside the form. `offline` has everything kept on this machine and tries again by itself. */
export type SaveStatus = 'quiet' | 'typing' | 'saving' | 'offline' | 'signed-out' | 'attention';

/** What the page draws of the saving. */
export interface SaveView {
  readonly queue: Queue;
  readonly status: SaveStatus;
  /** When the last save arrived; null before the first. */
  readonly savedAt: Date | null;
  /** False when this machine refuses to keep the typed text (storage full or forbidden). */
  readonly mirrored: boolean;
}

/** What the loop needs from outside; waits are in milliseconds. */
export interface AutosaveParts {
  /** Saves one batch and answers the section's values as they stand on the server then. */
  readonly send: (batch: Batch) => Promise<AnyDraft>;
  /** The failure behind whatever was thrown. */
  readonly failureOf: (thrown: unknown) => Failure;
  readonly load: () => Queue;
  /** Keeps the queue on this machine; false when it could not. */
  readonly keep: (queue: Queue) => boolean;
  readonly now: () => Date;
  /** Silence after the last keystroke before sending. */
  readonly pause: number;
  /** Waits between attempts while the server is away; the last one repeats. */
  readonly retries: readonly number[];
  /** Called after each save that arrived. */
  readonly saved: () => void;
}

/** Saves as one types: at most one call on its way, nothing lost when a call, the line or the page is. */
export interface Autosave {
  readonly view: () => SaveView;
  readonly subscribe: (listener: () => void) => () => void;
  readonly type: (at: { section: string; field: string; base: unknown }, now: unknown) => void;
  readonly settle: (path: string, keep: 'mine' | 'theirs') => void;
  readonly drop: (path: string) => void;
  /** Sends what is left at once. True when all of it is on the server. */
  readonly flush: () => Promise<boolean>;
  /** Sends what was kept from an earlier visit, and tries again now when the line is back. */
  readonly wake: () => void;
  /** The page closes: what is left is sent once more, and not tried again. */
  readonly close: () => void;
}

const isLost = ({ status }: Failure): boolean => status === 0 || status === 401 || status === 429 || status >= 500;

const afterFailure = (queue: Queue, batch: Batch, failure: Failure): Queue => {
  if (isLost(failure)) return notArrived(queue, batch);
  const current = failure.code === 'CONFLICT' ? failure.detail?.current : undefined;
  if (typeof current === 'object' && current !== null) {
    // The contract's detail of a conflict: by field, the values that stand now and who saved them.
    return collided(queue, batch, current as AnyDraft, failure.detail?.by as AnyDraft | undefined);
  }
  return turnedDown(queue, batch, failure.problems, failure.message);
};

type Away = 'offline' | 'signed-out' | null;

const statusOf = (queue: Queue, away: Away): SaveStatus => {
  const states = new Set(Object.values(queue).map(({ state }) => state));
  if (states.has('conflict') || states.has('refused')) return 'attention';
  if (away && states.size > 0) return away;
  if (states.has('sending')) return 'saving';
  return states.has('typed') ? 'typing' : 'quiet';
};

class AutosaveLoop implements Autosave {
  private readonly parts: AutosaveParts;
  private readonly listeners = new Set<() => void>();
  private current: SaveView;
  private away: Away = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(parts: AutosaveParts) {
    this.parts = parts;
    const queue = parts.load();
    this.current = { queue, status: statusOf(queue, null), savedAt: null, mirrored: true };
  }

  view = (): SaveView => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  type = (at: { section: string; field: string; base: unknown }, now: unknown): void => {
    this.put(typed(this.current.queue, at, now));
    if (!this.running && !this.away) this.schedule(this.parts.pause);
  };

  settle = (path: string, keep: 'mine' | 'theirs'): void => {
    this.put(settled(this.current.queue, path, keep));
    this.schedule(0);
  };

  drop = (path: string): void => this.put(dropped(this.current.queue, path));

  flush = async (): Promise<boolean> => {
    await this.start();
    if (nextBatch(this.current.queue) && !this.away) await this.start();
    return Object.keys(this.current.queue).length === 0;
  };

  wake = (): void => {
    this.closed = false;
    if (!this.running) this.schedule(0);
  };

  close = (): void => {
    this.closed = true;
    void this.start();
  };

  private put(queue: Queue, savedAt: Date | null = this.current.savedAt): void {
    const mirrored = this.parts.keep(restful(queue));
    this.current = { queue, status: statusOf(queue, this.away), savedAt, mirrored };
    for (const listener of this.listeners) listener();
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    if (!this.closed && nextBatch(this.current.queue)) this.timer = setTimeout(() => void this.start(), wait);
  }

  private start(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    for (let batch = nextBatch(this.current.queue); batch; batch = nextBatch(this.current.queue)) {
      if (await this.arrives(batch)) continue;
      this.schedule(this.parts.retries[Math.min(this.failures, this.parts.retries.length) - 1] ?? this.parts.pause);
      return;
    }
  }

  /** Sends one batch; false when it is to be tried again later. */
  private async arrives(batch: Batch): Promise<boolean> {
    this.put(sending(this.current.queue, batch));
    try {
      const values = await this.parts.send(batch);
      this.failures = 0;
      this.away = null;
      this.put(arrived(this.current.queue, batch, values), this.parts.now());
      this.parts.saved();
      return true;
    } catch (thrown) {
      const failure = this.parts.failureOf(thrown);
      const lost = isLost(failure);
      this.failures = lost ? this.failures + 1 : 0;
      this.away = lost ? (failure.status === 401 ? 'signed-out' : 'offline') : null;
      this.put(afterFailure(this.current.queue, batch, failure));
      return !lost;
    }
  }
}

/** The saving of one case for one person. Nothing is sent before {@link Autosave.wake} or the first keystroke. */
export const autosaveOf = (parts: AutosaveParts): Autosave => new AutosaveLoop(parts);
