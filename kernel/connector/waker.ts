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
  const look = async (): Promise<void> => {
    do {
      again = false;
      try {
        const due = await connectorsDue(
          db,
          lanes.map(({ connectorId }) => connectorId),
          clock.now(),
        );
        for (const lane of lanes) if (due.includes(lane.connectorId)) lane.nudge();
      } catch (error) {
        // Every lane looks for itself within a second.
        onFailure(error);
      }
    } while (again && !stopped);
  };
  return {
    nudge: () => {
      again = true;
      if (stopped || looking) return;
      looking = look().finally(() => {
        looking = undefined;
      });
    },
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
};
