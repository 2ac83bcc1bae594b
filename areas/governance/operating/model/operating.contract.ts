import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';

/** A job of a process, as it last went. */
export const jobView = z.object({
  id: z.string(),
  title: z.string(),
  everySeconds: z.number(),
  running: z.boolean(),
  rounds: z.int(),
  failures: z.int(),
  lastBeganAt: z.iso.datetime().nullable(),
  lastMs: z.number().nullable(),
  lastFailedAt: z.iso.datetime().nullable(),
  fault: z.string().nullable(),
});
/** See {@link jobView}. */
export type JobView = z.output<typeof jobView>;

/** An operation of a process and the milliseconds it takes, since the process began. */
export const timesView = z.object({
  operation: z.string(),
  title: z.string(),
  calls: z.int(),
  failures: z.int(),
  medianMs: z.number(),
  p95Ms: z.number(),
});
/** See {@link timesView}. */
export type TimesView = z.output<typeof timesView>;

/** Whether messages go to a system: `open` lets none through, `half-open` one to try. */
export const circuitView = z.enum(['closed', 'open', 'half-open']);

/** A server process that has shown itself within the last minute. */
export const processView = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  memoryBytes: z.number(),
  heapBytes: z.number(),
  /** By how much the process was late at the 99 of a hundred looks since it last showed itself, in milliseconds. */
  loopDelayMs: z.number(),
  /** Whether it sends messages and does the jobs common to all; others only answer people and systems. */
  commonWork: z.boolean(),
  /** What the areas are called that run in it. */
  areas: z.array(z.string()),
  jobs: z.array(jobView),
  slowest: z.array(timesView),
});
/** See {@link processView}. */
export type ProcessView = z.output<typeof processView>;

/** The messages to one outside system. Counts end at 10,000. */
export const queueView = z.object({
  connector: z.string(),
  title: z.string(),
  circuit: circuitView,
  due: z.int(),
  later: z.int(),
  retrying: z.int(),
  givenUp: z.int(),
  dueSince: z.iso.datetime().nullable(),
  fault: z.string().nullable(),
});
/** See {@link queueView}. */
export type QueueView = z.output<typeof queueView>;

/** How full the database is, and the disks of the machine that answers. */
export const storageView = z.object({
  databaseBytes: z.number(),
  largest: z.array(z.object({ table: z.string(), bytes: z.number(), rows: z.number() })),
  /** How reading all files again stands; null where it has not begun. */
  check: z
    .object({
      beganAt: z.iso.datetime(),
      endedAt: z.iso.datetime().nullable(),
      checked: z.int(),
      bad: z.int(),
    })
    .nullable(),
  /** Under the files and the embedded database; none where both lie elsewhere. `low`: less is free than is set. */
  disks: z.array(
    z.object({ holds: z.array(z.string()), freeBytes: z.number(), wholeBytes: z.number(), low: z.boolean() }),
  ),
});
/** See {@link storageView}. */
export type StorageView = z.output<typeof storageView>;

/** How the backups of this database stand. */
export const backupsView = z.object({
  /** The newest; null where none was made. `bytes` before compression, `copiedBytes` of files no earlier backup beside it had. */
  last: z
    .object({
      place: z.string(),
      momentAt: z.iso.datetime(),
      endedAt: z.iso.datetime(),
      files: z.int(),
      bytes: z.number(),
      copiedBytes: z.number(),
      missing: z.int(),
    })
    .nullable(),
  /** When one was read back whole the last time, and of which moment it was. */
  checked: z.object({ at: z.iso.datetime(), momentAt: z.iso.datetime() }).nullable(),
  /** Whether there should have been a newer one: the newest is older than so many hours, or there is none. */
  late: z.boolean(),
  lateHours: z.int(),
});
/** See {@link backupsView}. */
export type BackupsView = z.output<typeof backupsView>;

/** Something that is erased by itself when it has been kept long enough, and how much was. */
export const erasingView = z.object({
  id: z.string(),
  title: z.string(),
  keptDays: z.int(),
  /** When it was last looked for; null before the first time. */
  lookedAt: z.iso.datetime().nullable(),
  /** When something was erased last, and how much; null where nothing ever was. */
  erasedAt: z.iso.datetime().nullable(),
  lastCount: z.int(),
  wholeCount: z.int(),
});
/** See {@link erasingView}. */
export type ErasingView = z.output<typeof erasingView>;

/** How the system runs, all processes together. */
export const operatingView = z.object({
  at: z.iso.datetime(),
  processes: z.array(processView),
  /** The areas whose common work no process does, by their titles. */
  idle: z.array(z.string()),
  queues: z.array(queueView),
  storage: storageView,
  backups: backupsView,
  erasing: z.array(erasingView),
});
/** See {@link operatingView}. */
export type OperatingView = z.output<typeof operatingView>;

/** How the system runs, for those who keep it running. Source: tender T2.2, T3.1. */
export const operatingContract = {
  read: operation({
    id: 'governance.operating.read',
    title: '查看运行状况',
    source: tender(45),
    method: 'GET',
    path: '/governance/operating',
    permission: 'governance.operating:read',
    input: z.object({}),
    output: operatingView,
    errors: {},
    audit: 'none',
  }),
};
