import type { Circuit } from '#kernel/connector/breaker.ts';
import { mostCounted, type QueueStanding, queueStandings } from '#kernel/connector/outbox-standing.store.ts';
import { databaseSize } from '#kernel/db/dialect/postgres.ts';
import { checkStanding } from '#kernel/files/file-check.store.ts';
import type { Repeating } from '#kernel/jobs/jobs.ts';
import { erasingJobs } from '#kernel/retention/erasing.ts';
import type { OperatingView, ProcessView, QueueView, StorageView } from '../model/operating.contract.ts';
import { backupsOf, tellBackups } from './backups.ts';
import { diskWatch } from './disk-watch.ts';
import { erasingViews } from './erasing-views.ts';
import { jobTitles } from './job-titles.ts';
import type { OperatingParts } from './operating.parts.ts';
import { type ProcessTable, processesSince } from './process.store.ts';
import { type ProcessFigures, processFigures } from './process-figures.ts';
import { silentMs } from './processes-offered.ts';

const checkMs = 10_000;
/** What is cleared away has waited a day; an hour more does no harm. */
const clearingMs = 3_600_000;
const mostTables = 10;
/** So old may the queues' figures be that Prometheus reads. */
const lookMs = 1_000;

/** Looks after what all processes share, and reads how all of them are. */
export interface OperatingDesk extends Repeating {
  view(): Promise<OperatingView>;
}

const jobTitleOf = (id: string, retentions: OperatingParts['retentions']): string => {
  const erased = retentions.find((one) => id === `erase-${one.id}`);
  return erased ? `清除到期的${erased.title}` : (jobTitles[id] ?? id);
};

const processView = (
  row: ProcessTable,
  figures: ProcessFigures,
  { titleOf, areas, retentions }: Pick<OperatingParts, 'titleOf' | 'areas' | 'retentions'>,
): ProcessView => ({
  id: row.id,
  host: row.host,
  pid: row.pid,
  startedAt: row.started_at.toISOString(),
  seenAt: row.seen_at.toISOString(),
  memoryBytes: figures.memoryBytes,
  heapBytes: figures.heapBytes,
  loopDelayMs: figures.loopDelayMs,
  commonWork: figures.commonWork,
  areas: areas.filter(({ id }) => figures.areas.includes(id)).map(({ title }) => title),
  jobs: figures.jobs.map(({ everyMs: every, ...job }) => ({
    ...job,
    title: jobTitleOf(job.id, retentions),
    everySeconds: every / 1000,
  })),
  slowest: figures.slowest.map((one) => ({ ...one, title: titleOf(one.operation) })),
});

/** What a process told; one of another release may tell it otherwise, and is shown without figures. */
const figuresOf = (row: ProcessTable, areas: OperatingParts['areas']): ProcessFigures => {
  const told = processFigures.safeParse(JSON.parse(row.figures));
  return told.success
    ? told.data
    : {
        memoryBytes: 0,
        heapBytes: 0,
        loopDelayMs: 0,
        commonWork: true,
        areas: areas.map(({ id }) => id),
        circuits: {},
        jobs: [],
        slowest: [],
      };
};

const byTrust = ['open', 'half-open', 'closed'] as const satisfies readonly Circuit[];

const queueView = (
  { connector, dueSince, fault, ...standing }: QueueStanding,
  title: string,
  circuits: readonly (Circuit | undefined)[],
): QueueView => ({
  ...standing,
  connector,
  title,
  circuit: byTrust.find((one) => circuits.includes(one)) ?? 'closed',
  dueSince: dueSince?.toISOString() ?? null,
  fault: fault ? [fault.exchange, fault.outcome, fault.words].filter(Boolean).join(' · ') : null,
});

const storageOf = async ({ db, diskRooms }: OperatingParts): Promise<StorageView> => {
  const [{ bytes, largest }, check, disks] = await Promise.all([
    databaseSize(db, mostTables),
    checkStanding(db),
    diskRooms(),
  ]);
  return {
    databaseBytes: bytes,
    largest: [...largest],
    check: check
      ? { ...check, beganAt: check.beganAt.toISOString(), endedAt: check.endedAt?.toISOString() ?? null }
      : null,
    disks: disks.map(({ holds, freeBytes, wholeBytes, low }) => ({ holds: [...holds], freeBytes, wholeBytes, low })),
  };
};

/** Tells Prometheus how the queues stand. */
const tellQueues = ({ telemetry, db, clock, connectors }: OperatingParts): void => {
  const ids = connectors.map(({ id }) => id);
  let asked: { readonly at: number; readonly standings: ReturnType<typeof queueStandings> } | undefined;
  /** One look at the queues serves all figures of a reading. */
  const standings = (): ReturnType<typeof queueStandings> => {
    const now = clock.now();
    if (!asked || Math.abs(now.getTime() - asked.at) >= lookMs)
      asked = { at: now.getTime(), standings: queueStandings(db, ids, now) };
    return asked.standings;
  };
  const figure = (name: string, help: string, of: (standing: QueueStanding) => number): void =>
    telemetry.tell({
      name,
      help: `${help}; counted to ${mostCounted}`,
      label: 'connector',
      read: async () => Object.fromEntries((await standings()).map((one) => [one.connector, of(one)])),
    });
  figure('hushang_outbox_due', 'Messages to outside systems that are due', ({ due }) => due);
  figure('hushang_outbox_retrying', 'Messages that have failed and are tried again', ({ retrying }) => retrying);
  figure('hushang_outbox_given_up', 'Messages a person must look at', ({ givenUp }) => givenUp);
};

/** The desk of whoever keeps the system running. Source: tender T2.2, T3.1. */
export const operatingDesk = (parts: OperatingParts): OperatingDesk => {
  const { db, clock, jobs, connectors, areas } = parts;
  const check = jobs.repeat('file-check', checkMs, parts.checkFiles);
  const clear = jobs.repeat('file-clearing', clearingMs, parts.clearFiles);
  const disks = diskWatch(parts);
  const erase = erasingJobs(parts, parts.retentions);
  tellQueues(parts);
  tellBackups(parts);
  const view = async (): Promise<OperatingView> => {
    const now = clock.now();
    const ids = connectors.map((one) => one.id);
    const [rows, standings, storage, backups, erasing] = await Promise.all([
      processesSince(db, new Date(now.getTime() - silentMs)),
      queueStandings(db, ids, now),
      storageOf(parts),
      backupsOf(parts),
      erasingViews(parts),
    ]);
    const told = rows.map((row) => ({ row, figures: figuresOf(row, areas) }));
    return {
      at: now.toISOString(),
      idle: areas
        .filter(({ id }) => !told.some(({ figures: { commonWork, areas: in_ } }) => commonWork && in_.includes(id)))
        .map(({ title }) => title),
      processes: told.map((one) => processView(one.row, one.figures, parts)),
      queues: standings.map((standing, index) =>
        queueView(
          standing,
          connectors[index]?.title ?? standing.connector,
          told.map((one) => one.figures.circuits[standing.connector]),
        ),
      ),
      storage,
      backups,
      erasing,
    };
  };
  return {
    view,
    start: () => {
      check.start();
      clear.start();
      disks.start();
      erase.start();
    },
    stop: async () => {
      await erase.stop();
      await disks.stop();
      await check.stop();
      await clear.stop();
    },
  };
};
