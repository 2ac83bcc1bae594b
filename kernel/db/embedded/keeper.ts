import { setTimeout as pause } from 'node:timers/promises';
import type { Embedded } from './launcher.ts';

/** What a keeper says of its work. */
export interface KeeperTold {
  /** The database had ended unasked and is running again. */
  revived(): void;
  /** It did not come up; it is tried again at the next look. */
  failed(error: unknown): void;
}

/**
 * Looks every `everyMs` whether the embedded database still runs and starts it again where something has ended it, so that the server
 * goes on without anybody at hand. `stop` ends the looking, not the database. Source: T2.2.
 */
export const keepRunning = (
  database: Pick<Embedded, 'revive'>,
  everyMs: number,
  told: KeeperTold,
): { stop(): Promise<void> } => {
  const ending = new AbortController();
  const look = async (): Promise<void> => {
    try {
      if (await database.revive()) told.revived();
    } catch (error) {
      told.failed(error);
    }
  };
  const looking = (async () => {
    while (!ending.signal.aborted) {
      await pause(everyMs, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (!ending.signal.aborted) await look();
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await looking;
    },
  };
};
