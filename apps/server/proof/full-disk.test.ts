import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '#apps/server/plans.ts';
import { usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { type Embedded, startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { grantServing, migrate } from '#kernel/db/migrate.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, severalAtOnce } from '#testkit/served-product.ts';
import { aSmallDisk, type SmallDisk } from '#testkit/small-disk.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { upload } from '#testkit/upload.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real: PostgreSQL, the web server, a disk that is full. A full disk under the database too, with load on it, is a stroke of kill.test.ts.

// By command: `PROOF_DISK=1 npx vitest run apps/server/proof/full-disk.test.ts` fills one under a database of its own as well, and has a database whose commits wait.

const byCommand = process.env.PROOF_DISK !== undefined;
let disk: SmallDisk | undefined;
let databaseDisk: SmallDisk | undefined;
const servers: Embedded[] = [];
beforeAll(() => {
  disk = aSmallDisk(4);
  if (byCommand) databaseDisk = aSmallDisk(400);
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  disk?.remove();
  databaseDisk?.remove();
});

const notMounted = 'this machine lets nobody mount a small disk';

test('T2.2: while the disk of the files is full uploads are refused in words, nothing half-written stays, all else goes on, and the same upload is taken when there is room', {
  timeout: 60_000,
}, async ({ skip }) => {
  if (!disk) return skip(notMounted);
  const folder = join(disk.folder, 'files');
  const database = await aDatabase(migrations);
  const served = await aServedProduct(undefined, severalAtOnce, usualSystemRules, { database, folder });
  const cookie = await served.signIn('clerk1');
  const cases = served.client(vehicleCaseContract, cookie);
  const { id } = await cases.open({ key: randomUUID() });
  const photo = Buffer.concat([aJpeg(400, 300), Buffer.alloc(700_000, 7)]);
  const send = (part: string, key: string) =>
    upload(served.server, cookie, `/api/elv/vehicle-cases/${id}/photos/${part}?key=${key}`, photo);
  const files = (): number =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())
      .length;
  const keys = async (): Promise<number> =>
    Number((await sql<{ n: string }>`select count(*) as n from kernel.file_key`.execute(database.db)).rows[0]?.n);

  expect((await send('licence-main', randomUUID())).status).toBe(200);
  disk.fill();
  const key = randomUUID();
  for (let n = 0; n < 2; n += 1) {
    const refused = await send('licence-duplicate', key);
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'NO_ROOM', message: expect.stringContaining('存储空间已满') },
    });
  }
  expect([files(), await keys()]).toEqual([1, 1]);
  // What needs no file goes on.
  await cases.saveSection({ id, section: 'papers', changes: { plateNo: { was: null, now: '沪A12345' } } });

  disk.empty();
  expect((await send('licence-duplicate', key)).status).toBe(200);
  const { photos } = await cases.get({ id });
  expect(photos.map(({ part, sm3 }) => [part, sm3])).toEqual([
    ['licence-main', sm3Hex(photo)],
    ['licence-duplicate', sm3Hex(photo)],
  ]);
  expect([files(), await keys()]).toEqual([2, 2]);
  await served.close();
});

/** A database server on a disk of its own, as somebody else keeps one. */
const aDatabaseOn = async (folder: string) => {
  const server = await startEmbedded({
    dataDir: folder,
    cacheDir: join(tmpdir(), 'hushang-postgres'),
    durable: true,
  });
  servers.push(server);
  const owning = openDatabase({ url: server.ownerUrl, poolSize: 1 });
  await migrate(owning.db, migrations, new Date('2026-01-01T00:00:00Z'));
  await grantServing(owning.db, migrations, server.appUser);
  const serving = openDatabase({ url: server.appUrl, poolSize: 6, connectionWaitMs: 1_000 });
  const database: TestDatabase = {
    db: serving.db,
    ownerDb: owning.db,
    url: server.appUrl,
    ownerUrl: server.ownerUrl,
    close: async () => {
      await serving.close();
      await owning.close();
      await server.stop();
    },
  };
  return { server, database };
};

test.runIf(byCommand)(
  'T2.2, R45: while the disk of the database is full steps are refused in words, everything acknowledged stands, and the refused is done once when there is room',
  { timeout: 120_000 },
  async ({ skip }) => {
    if (!databaseDisk) return skip(notMounted);
    const { server, database } = await aDatabaseOn(databaseDisk.folder);
    const folder = mkdtempSync(join(tmpdir(), 'hushang-full-'));
    const served = await aServedProduct(undefined, severalAtOnce, usualSystemRules, { database, folder });
    const cases = served.client(vehicleCaseContract, await served.signIn('clerk1'));
    const acknowledged = new Map<string, string>();
    const refused: Failure[] = [];
    const open = async (key: string): Promise<boolean> => {
      try {
        acknowledged.set(key, (await cases.open({ key })).id);
        return true;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        refused.push(error);
        return false;
      }
    };
    for (let n = 0; n < 20; n += 1) await open(randomUUID());
    databaseDisk.fill();
    const waiting: string[] = [];
    while (waiting.length < 20) {
      const key = randomUUID();
      if (!(await open(key))) waiting.push(key);
    }
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(refused.map(({ code }) => code)).toContain('NO_ROOM');

    databaseDisk.empty();
    // A server that ended for want of room is started again by its keepers.
    await server.revive();
    for (const key of waiting) await waitUntil(() => open(key));
    const { rows } = await sql<{ id: string }>`select id from elv.vehicle_case`.execute(database.db);
    expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged.values()].sort());
    const { audit } = served.product;
    await audit.sealer.sealNow();
    expect((await audit.check(1, 100_000)).findings).toEqual([]);
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  },
);

test.runIf(byCommand)(
  'T2.2, R45: while commits wait for a standby that is missing others are served as long as there are connections, then sent away; afterwards everything stands once',
  { timeout: 120_000 },
  async ({ skip }) => {
    if (!databaseDisk) return skip(notMounted);
    const { database } = await aDatabaseOn(join(databaseDisk.folder, 'waiting'));
    const folder = mkdtempSync(join(tmpdir(), 'hushang-waiting-'));
    const served = await aServedProduct(undefined, severalAtOnce, usualSystemRules, { database, folder });
    const cases = served.client(vehicleCaseContract, await served.signIn('clerk1'));
    const standby = async (name: string): Promise<void> => {
      await sql`alter system set synchronous_standby_names = ${sql.lit(name)}`.execute(database.ownerDb);
      await sql`select pg_reload_conf()`.execute(database.ownerDb);
    };
    const waitingNow = async (): Promise<number> =>
      Number(
        (
          await sql<{
            n: string;
          }>`select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type in ('IPC', 'Lock')`.execute(
            database.ownerDb,
          )
        ).rows[0]?.n,
      );
    const open = () => cases.open({ key: randomUUID() });
    await open();
    await standby('missing');
    const writing = [open(), open(), open()];
    await waitUntil(async () => (await waitingNow()) === 3);
    expect((await cases.list({})).total).toBe(1);
    writing.push(open(), open(), open());
    await waitUntil(async () => (await waitingNow()) === 6);
    await expect(cases.list({})).rejects.toMatchObject({ status: 503, code: 'BUSY' });
    await standby('');
    const done = await Promise.all(writing);
    expect((await cases.list({})).total).toBe(7);
    expect(new Set(done.map(({ id }) => id)).size).toBe(6);
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
