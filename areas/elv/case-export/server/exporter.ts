import { listExpired, noteExpired } from './case-export.store.ts';
import type { ExportDesk } from './export-desk.ts';
import { type ExportHand, type Lane, lanes } from './export-hand.ts';
import { handHere } from './write-exports.ts';

/** Writes the files of exports that were asked for, and clears them away when they have been kept long enough. */
export interface Exporter {
  /** Clears away, and begins every lane in which nobody writes: none waits for what is long in another, nor for the next round. The signal ends what it begins. */
  round(stopping?: AbortSignal): Promise<void>;
  /** Begins writing now, for somebody who waits. */
  begin(): void;
  /** Gives back what is being written, for another process to take up at once; resolves when nothing is. */
  stop(): Promise<void>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/** Clears away what was kept long enough; one that cannot be is told, and tried again in the next round. */
const clearExpired = async <Line>({ db, clock, files, onFailure }: ExportDesk<Line>): Promise<void> => {
  for (const { id, file_key: key } of await listExpired(db, clock.now())) {
    try {
      if (key !== null) await files.delete(key);
      await noteExpired(db, id);
    } catch (error) {
      onFailure(error, { caseExport: id });
    }
  }
};

/** See {@link Exporter}. */
export const exporterOver = <Line>(desk: ExportDesk<Line>, hand: ExportHand = handHere(desk)): Exporter => {
  const going = new Map<Lane, Promise<void>>();
  const asked = new Set<Lane>();
  const ending = new AbortController();
  const work = async (lane: Lane, stopping: AbortSignal): Promise<void> => {
    do {
      asked.delete(lane);
      await hand.work(lane, stopping);
      // Asked for since the last look, which found nothing.
    } while (!stopping.aborted && asked.has(lane));
  };
  const begin = (stopping?: AbortSignal): void => {
    // Whoever began it, it ends with the process.
    const until = stopping ? AbortSignal.any([ending.signal, stopping]) : ending.signal;
    for (const lane of lanes) {
      asked.add(lane);
      if (going.has(lane)) continue;
      const under = work(lane, until).catch(desk.onFailure);
      going.set(
        lane,
        under.finally(() => going.delete(lane)),
      );
    }
  };
  const idle = async (): Promise<void> => {
    while (going.size > 0) await Promise.all(going.values());
  };
  return {
    round: async (stopping) => {
      await clearExpired(desk);
      begin(stopping);
    },
    begin: () => begin(),
    stop: async () => {
      ending.abort();
      await idle();
      await hand.close();
    },
    idle,
  };
};
