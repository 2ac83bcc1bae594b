import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { DiskRoom } from '#kernel/files/disk-room.ts';
import type { Repeating } from '#kernel/jobs/jobs.ts';
import type { OperatingParts } from './operating.parts.ts';

const everyMs = 30_000;
/** What is low and stays low is told of again after so long. */
const againMs = 24 * 3_600_000;

/** A disk that fills, for whoever reads the log of the process: the database may have no room for it any more. */
class DiskLow extends Error {}

const nameOf = ({ holds }: DiskRoom): string => holds.join('、');

/** What looking after the disks works with. */
type WatchParts = Pick<OperatingParts, 'db' | 'clock' | 'jobs' | 'telemetry' | 'diskRooms' | 'onFailure'>;

/** Tells Prometheus how much room is left. */
const tellRoom = ({ telemetry, diskRooms }: WatchParts): void =>
  telemetry.tell({
    name: 'hushang_disk_free_bytes',
    help: 'Free bytes of the disks under files and embedded database',
    label: 'holds',
    read: async () => Object.fromEntries((await diskRooms()).map((room) => [nameOf(room), room.freeBytes])),
  });

/** Tells the log, and by its rules an alert, when a disk has less room than it should, before it is full. Source: tender T2.2, T3.1. */
export const diskWatch = (parts: WatchParts): Repeating => {
  const { db, clock, jobs, diskRooms, onFailure } = parts;
  const told = new Map<string, number>();
  tellRoom(parts);
  const look = async (): Promise<void> => {
    for (const room of await diskRooms()) {
      const name = nameOf(room);
      const now = clock.now();
      if (room.ample) told.delete(name);
      if (!room.low || Math.abs(now.getTime() - (told.get(name) ?? 0)) < againMs) continue;
      const detail = { title: name, freeBytes: room.freeBytes, wholeBytes: room.wholeBytes };
      onFailure(new DiskLow(`only ${room.freeBytes} bytes are free where these lie: ${name}`));
      const fact = { ...serverFact(now, 'kernel.disk.low', detail), outcome: 'failed' as const };
      await inTransaction(db, (tx) => appendFact(tx, fact));
      // Told only once it is written: where the database has no room for it, the next round tries again.
      told.set(name, now.getTime());
    }
  };
  // A disk is one of its machine: a process that only serves has its own.
  return jobs.repeat('disk-watch', everyMs, look, 'every-process');
};
