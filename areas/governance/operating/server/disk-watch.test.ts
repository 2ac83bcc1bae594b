import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import type { DiskRoom } from '#kernel/files/disk-room.ts';
import { type Jobs, jobsOf } from '#kernel/jobs/jobs.ts';
import { telemetryOf } from '#kernel/telemetry/call-times.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { diskWatch } from './disk-watch.ts';

// Real: PostgreSQL. Made up: how much room there is, and when a round comes.

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(migrations);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await sql`delete from kernel.audit_entry`.execute(database.ownerDb);
});

const clock = clockAt('2026-11-23T02:00:00Z');
const told = async (): Promise<number> =>
  (await sql`select 1 from kernel.audit_entry where action = 'kernel.disk.low'`.execute(database.db)).rows.length;

/** A watch whose rounds are taken by hand. */
const watching = (read: () => DiskRoom[]) => {
  let round: () => Promise<unknown> = async () => undefined;
  const jobs: Jobs = {
    commonWork: true,
    notes: () => [],
    repeat: (_id, _everyMs, work) => {
      round = () => work(new AbortController().signal);
      return { start: () => undefined, stop: async () => undefined };
    },
  };
  diskWatch({
    db: database.db,
    clock,
    jobs,
    telemetry: telemetryOf(),
    diskRooms: async () => read(),
    onFailure: () => undefined,
  });
  return () => round();
};

const roomOf = (freeBytes: number): DiskRoom => ({
  holds: ['文件'],
  freeBytes,
  wholeBytes: 1_000,
  low: freeBytes < 100,
  ample: freeBytes >= 110,
});

test('T2.2: a disk that breathes around the mark is told of once, one that had room in between again', async () => {
  let free = 99;
  const look = watching(() => [roomOf(free)]);
  for (free of [99, 101, 99, 109, 98]) await look();
  expect(await told()).toBe(1);
  for (free of [111, 99]) await look();
  expect(await told()).toBe(2);
});

test('T2.2: what could not be written down counts as not told, and is written in the next round', async () => {
  const look = watching(() => [roomOf(1)]);
  await sql`alter table kernel.audit_entry rename to audit_entry_away`.execute(database.ownerDb);
  await expect(look()).rejects.toThrow();
  await sql`alter table kernel.audit_entry_away rename to audit_entry`.execute(database.ownerDb);
  await look();
  expect(await told()).toBe(1);
});

test('T2.2, ADR 0054: a process that only serves watches the disk of its machine too', async () => {
  const jobs = jobsOf({ clock, onFailure: () => undefined, commonWork: false });
  let looks = 0;
  const watch = diskWatch({
    db: database.db,
    clock,
    jobs,
    telemetry: telemetryOf(),
    diskRooms: async () => {
      looks += 1;
      return [];
    },
    onFailure: () => undefined,
  });
  watch.start();
  await waitUntil(() => looks > 0);
  await watch.stop();
});
