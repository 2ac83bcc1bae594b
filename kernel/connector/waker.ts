import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { connectorsDue } from './outbox-lease.store.ts';

/** Who carries the messages of one connector and sleeps while there are none. */
interface Sleeper {
  readonly connectorId: string;
  nudge(): void;
}

/** What waking works with. */
interface WakerParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

/** Wakes the lanes that have something to carry. Nudges that come while it looks are answered by one more look together. */
export const wakerOf = (
  { db, clock, onFailure }: WakerParts,
  lanes: readonly Sleeper[],
): { nudge(): void; stop(): Promise<void> } => {
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const wake = async (): Promise<void> => {
    const ids = lanes.map(({ connectorId }) => connectorId);
    const due = await connectorsDue(db, ids, clock.now());
    for (const lane of lanes) if (due.includes(lane.connectorId)) lane.nudge();
  };
  const look = async (): Promise<void> => {
    try {
      while (again && !stopped) {
        again = false;
        // Every lane looks for itself within a second.
        await wake().catch(onFailure);
      }
    } finally {
      // In the same turn as the last question: a nudge between the two would find somebody looking who looks no more.
      looking = undefined;
    }
  };
  return {
    nudge: () => {
      again = true;
      if (!stopped) looking ??= look();
    },
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
};
