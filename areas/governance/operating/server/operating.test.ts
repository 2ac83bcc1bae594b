import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { offersOver } from '#kernel/area/offers.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { diskRooms } from '#kernel/files/disk-room.ts';
import { jobsOf, type Repeating } from '#kernel/jobs/jobs.ts';
import { runtimeSettings } from '#kernel/settings/setting.store.ts';
import { assumption } from '#kernel/source/source.ts';
import { telemetryOf } from '#kernel/telemetry/call-times.ts';
import { clockAt, type FixedClock } from '#testkit/fixed-clock.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { operatingContract } from '../model/operating.contract.ts';
import type { OperatingParts } from './operating.parts.ts';
import { operatingDesk } from './operating-desk.ts';
import { processOffer } from './process.offer.ts';
import type { FigureParts } from './process-figures.ts';
import { processReport } from './process-report.ts';
import { processesOffered } from './processes-offered.ts';

// Real here: PostgreSQL, the web server, processes' own figures. Made up: the clock, a second process, what stands in the outbox.

let served: ServedProduct;
let database: TestDatabase;
let clock: FixedClock;
beforeAll(async () => {
  served = await aServedProduct();
  database = await aDatabase(migrations);
  clock = clockAt('2026-11-23T02:00:00Z');
}, 60_000);
afterAll(async () => {
  await served.close();
  await database.close();
});

const partsOf = (more: Partial<OperatingParts> = {}): OperatingParts => ({
  db: database.db,
  clock,
  jobs: jobsOf({
    clock,
    onFailure: (error) => {
      throw error;
    },
  }),
  telemetry: telemetryOf(),
  areas: [
    { id: 'elv', title: '报废机动车' },
    { id: 'governance', title: '统一管理' },
  ],
  connectors: [
    { id: 'police', title: '公安' },
    { id: 'identity', title: '实名核验' },
  ],
  checkFiles: async () => undefined,
  clearFiles: async () => undefined,
  diskRooms: () => diskRooms([{ holds: '文件', folder: '/tmp' }], 0),
  onFailure: () => undefined,
  backupLateHours: 26,
  settings: runtimeSettings(database.db, clock),
  retentions: [],
  titleOf: (id) => (id === 'elv.vehicle-case.list' ? '案卷列表' : id),
  ...more,
});

/** A process that shows itself. */
const reporting = (more: Partial<FigureParts> = {}): Repeating => {
  const { jobs, telemetry } = partsOf();
  const list = { id: 'list', offers: [processOffer], needs: [processOffer] };
  const here = { areas: ['list'], offerings: () => [processesOffered({ db: database.db, clock })] };
  const calls = offersOver([list], here, async () => null).of(processOffer);
  return processReport({
    clock,
    jobs,
    telemetry,
    areas: ['elv'],
    circuits: () => ({ police: 'closed' }),
    calls,
    ...more,
  });
};

const shown = (desk: ReturnType<typeof operatingDesk>, processes: number): Promise<void> =>
  waitUntil(async () => (await desk.view()).processes.length === processes);

test('T2.2: every process shows itself to all; one that ends or falls silent is no longer shown', async () => {
  const telemetry = telemetryOf();
  telemetry.called('elv.vehicle-case.list', 500, 40);
  const desk = operatingDesk(partsOf());
  const one = reporting({ telemetry });
  const other = reporting({ circuits: () => ({ police: 'open' }) });
  one.start();
  await shown(desk, 1);
  other.start();
  await shown(desk, 2);
  const view = await desk.view();
  const [first] = view.processes;
  expect(first).toMatchObject({ pid: process.pid, startedAt: '2026-11-23T02:00:00.000Z' });
  expect(first?.memoryBytes).toBeGreaterThan(10_000_000);
  expect(first?.slowest).toMatchObject([{ title: '案卷列表', calls: 1, failures: 1 }]);
  expect(first?.jobs.map(({ title, everySeconds }) => [title, everySeconds])).toContainEqual(['上报本进程状况', 10]);
  expect([first?.areas, view.idle]).toEqual([['报废机动车'], ['统一管理']]);
  // The most doubtful word counts.
  expect(view.queues.map(({ title, circuit }) => [title, circuit])).toEqual([
    ['公安', 'open'],
    ['实名核验', 'closed'],
  ]);
  await other.stop();
  expect((await desk.view()).processes).toHaveLength(1);
  clock.set('2026-11-23T02:02:00Z');
  expect((await desk.view()).processes).toEqual([]);
  await one.stop();
});

test('T2.2: the queues tell what is due, waits, fails and was given up, and since when', async () => {
  const message = (id: string, more: object) => ({
    id,
    connector: 'police',
    exchange: 'check-vehicle',
    idem_key: id,
    body: null,
    body_digest: '0'.repeat(64),
    attempts: 1,
    failures: 0,
    status: 'due',
    due_at: new Date('2026-11-23T01:50:00Z'),
    created_at: new Date('2026-11-23T01:00:00Z'),
    trace_id: '',
    ...more,
  });
  const later = new Date('2026-11-23T09:00:00Z');
  await inTransaction(database.db, async (tx) => {
    await tx
      .withTables<{ 'kernel.outbox': Record<string, unknown> }>()
      .insertInto('kernel.outbox')
      .values([
        message('a', {}),
        message('b', { due_at: later }),
        message('c', { due_at: later, failures: 3, last_outcome: 'unreachable', last_error: 'ECONNREFUSED' }),
        message('d', { status: 'given-up' }),
        message('e', { status: 'answered' }),
      ])
      .execute();
  });
  const { queues, storage } = await operatingDesk(partsOf()).view();
  expect(queues[0]).toEqual({
    connector: 'police',
    title: '公安',
    circuit: 'closed',
    due: 1,
    later: 2,
    retrying: 1,
    givenUp: 1,
    dueSince: '2026-11-23T01:50:00.000Z',
    fault: 'check-vehicle · unreachable · ECONNREFUSED',
  });
  expect(queues[1]).toMatchObject({ due: 0, later: 0, retrying: 0, givenUp: 0, dueSince: null, fault: null });
  expect(storage.databaseBytes).toBeGreaterThan(1_000_000);
  expect(storage.largest).toHaveLength(10);
  expect(storage.check).toBeNull();
  expect(storage.disks).toEqual([expect.objectContaining({ holds: ['文件'], low: false })]);
  expect(storage.disks[0]?.freeBytes).toBeGreaterThan(0);
});

test('T2.2, T3.1: a disk with less room than is set is told of once, in the log of the process, in the audit log and on the page; folders on one disk are one', async () => {
  const failures: unknown[] = [];
  const folders = ['文件', '内嵌数据库'].map((holds) => ({ holds, folder: '/tmp' }));
  const telemetry = telemetryOf();
  const desk = operatingDesk(
    partsOf({
      telemetry,
      diskRooms: () => diskRooms(folders, Number.MAX_SAFE_INTEGER),
      onFailure: (error) => failures.push(error),
    }),
  );
  const told = async (): Promise<readonly unknown[]> =>
    (
      await sql<{ outcome: string }>`select outcome from kernel.audit_entry where action = 'kernel.disk.low'`.execute(
        database.db,
      )
    ).rows;
  desk.start();
  await waitUntil(async () => (await told()).length > 0);
  expect(await told()).toEqual([{ outcome: 'failed' }]);
  expect(failures).toHaveLength(1);
  const { disks } = (await desk.view()).storage;
  expect(disks).toMatchObject([{ holds: ['文件', '内嵌数据库'], low: true }]);
  expect(await telemetry.text()).toContain('hushang_disk_free_bytes{holds="文件、内嵌数据库"}');
  await desk.stop();
});

test('T2.2: the newest backup is told, on the page and to Prometheus, and it is late when it is older than is set or there is none', async () => {
  const telemetry = telemetryOf();
  const desk = operatingDesk(partsOf({ telemetry }));
  clock.set('2026-11-24T02:00:00Z');
  expect((await desk.view()).backups).toEqual({ last: null, checked: null, late: true, lateHours: 26 });
  expect(await telemetry.text()).toMatch(/^hushang_backup_age_seconds \+Inf$/m);
  const keep = (digest: string, moment: string, checkedAt: Date | null): Promise<unknown> =>
    sql`insert into kernel.backup (digest, place, moment_at, ended_at, files, bytes, copied_bytes, missing, checked_at)
      values (${digest}, '/backups/b', ${moment}, ${moment}, 3, 500, 100, 0, ${checkedAt})`.execute(database.db);
  await keep('one', '2026-11-20T00:00:00Z', new Date('2026-11-21T00:00:00Z'));
  await keep('two', '2026-11-23T01:00:00Z', null);
  expect((await desk.view()).backups).toMatchObject({
    last: { momentAt: '2026-11-23T01:00:00.000Z', files: 3, bytes: 500, copiedBytes: 100 },
    checked: { at: '2026-11-21T00:00:00.000Z', momentAt: '2026-11-20T00:00:00.000Z' },
    late: false,
  });
  clock.set('2026-11-24T04:00:00Z');
  expect((await desk.view()).backups.late).toBe(true);
  expect(await telemetry.text()).toMatch(/^hushang_backup_age_seconds 97200$/m);
});

test('PIPL 19: what is erased by itself is told with its time, and how much went', async () => {
  const retention = {
    id: 'things',
    title: '东西',
    keep: { setting: 'things.period', title: '', fallback: 3, unit: 'day', source: assumption('made up') },
    leastDays: 5,
    erase: async () => ({ count: 0 }),
  } as const;
  const { erasing } = await operatingDesk(partsOf({ retentions: [retention] })).view();
  expect(erasing).toEqual([
    { id: 'things', title: '东西', keptDays: 5, lookedAt: null, erasedAt: null, lastCount: 0, wholeCount: 0 },
  ]);
});

test('T2.2: the system administrator reads it, an auditor, a clerk and an anonymous caller do not', async () => {
  const keeper = served.client(operatingContract, await served.signIn('admin1'));
  expect((await keeper.read({})).queues.length).toBeGreaterThan(3);
  for (const who of ['auditor1', 'security1', 'clerk1', 'commission1']) {
    const client = served.client(operatingContract, await served.signIn(who));
    await expect(client.read({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  }
  await expect(served.client(operatingContract, '').read({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
});

test('T2.2: every job of the product has a title', async () => {
  for (const area of served.product.areas) await area.start();
  served.product.audit.start();
  served.product.aboutItself.start();
  const client = served.client(operatingContract, await served.signIn('admin1'));
  await waitUntil(async () => (await client.read({})).processes.length === 1);
  const [process] = (await client.read({})).processes;
  // What was started must not go on beside the next file of this worker.
  await served.product.aboutItself.stop();
  for (const area of served.product.areas) await area.stop();
  await served.product.audit.stop();
  expect(process?.jobs.length).toBeGreaterThan(0);
  expect(process?.jobs.filter(({ id, title }) => title === id)).toEqual([]);
});

test('T3.1: Prometheus reads the figures with the token of the settings, and nobody without it', async () => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    served.server.inject({ url: '/metrics', headers: { ...ownPage, ...headers } });
  expect((await ask({})).statusCode).toBe(401);
  expect((await ask({ authorization: 'Bearer another token of tests' })).statusCode).toBe(401);
  const reply = await ask({ authorization: 'Bearer a token of the tests' });
  expect(reply.headers['content-type']).toContain('text/plain');
  expect(reply.body).toContain('hushang_operation_answers_total{operation="governance.operating.read",status="200"}');
  expect(reply.body).toContain('hushang_outbox_given_up{connector="police"} 0');
});
