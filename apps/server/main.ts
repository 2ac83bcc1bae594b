import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { handApart } from '#areas/elv/case-export/server/export-process.ts';
import { diskWatch } from '#areas/governance/operating/server/disk-watch.ts';
import { type AuditFact, serverFact } from '#kernel/audit/fact.ts';
import { TablesInUse } from '#kernel/db/migrate.ts';
import { outageOf } from '#kernel/db/outage.ts';
import { diskRooms } from '#kernel/files/disk-room.ts';
import { jobsOf, type Repeating } from '#kernel/jobs/jobs.ts';
import { newLog } from '#kernel/log/log.ts';
import { type Tracing, tracingOver } from '#kernel/telemetry/span.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { paperReaderOf } from '#practices/paper-reading/server/paper-reader.ts';
import { pictureLookerOf } from '#practices/photo-evidence/server/picture-looker.ts';
import { pictureShrinkerOf } from '#practices/picture/server/shrinker.ts';
import { announcement } from './announcement.ts';
import { ensurePages } from './build-pages.ts';
import { citizenReturn, citizenRules } from './citizen-rules.ts';
import { composeAreas } from './compose.ts';
import { startEdition, watchKeys } from './crypto-edition.ts';
import { keepDatabase, startDatabase } from './database.ts';
import { demoAccounts, ensureDemoAccounts } from './demo/accounts.ts';
import { demoLooker } from './demo/demo-pictures.ts';
import { tellDemo } from './demo/telling.ts';
import { openDoors } from './doors.ts';
import { agreedLinks, simulatorLinks, wiresTo } from './links.ts';
import { forEachOutside } from './outside-addresses.ts';
import { callsToPeers, offeredToPeers } from './peers.ts';
import { connectorsOf } from './plans.ts';
import { checkAtStart, tellRelease } from './release-check.ts';
import { fileAnchor } from './seal-anchor.ts';
import { readSettings, type Settings, SettingsWrong } from './settings.ts';
import { signInSetup, signOnReturn } from './sign-in-settings.ts';
import { startSimulators } from './simulators-process.ts';
import { fillingFolders, makeFilesFolder, storeOf } from './stored-files.ts';
import { webServer } from './web-server.ts';

const home = join(import.meta.dirname, '../..');
const exportProgram = fileURLToPath(new URL('./export-worker.ts', import.meta.url));
const startedAt = performance.now();

const dutiesOf = ({ duties }: Settings): { readonly serves: boolean; readonly works: boolean } => ({
  serves: duties !== 'work',
  works: duties !== 'serve',
});

/** What has been started, to be stopped in the opposite order. */
type Stopper = () => Promise<void>;

// A terminal that takes nothing any more, since its disk is full, must not end the process.
process.stdout.on('error', () => undefined);

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const seconds = (): string => ((performance.now() - startedAt) / 1000).toFixed(1);

/** Lets people in, and returns what lets nobody in any more. */
const listen = async (server: FastifyInstance, { host, port, mostConnections }: Settings): Promise<Stopper> => {
  try {
    // Whoever finds no place in the system's queue of new connections asks again after 1, 3, 7, … seconds, and nobody can tell them when to come back.
    // Who runs programs in containers is given ten seconds to stop, of which the database needs some.
    return await openDoors(server, { host, port, backlog: mostConnections, patienceMs: 8_000 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new SettingsWrong(`端口 ${port} 已被占用：本系统可能已在运行；或用 PORT=其他端口 npm start`);
    }
    throw error;
  }
};

/** Traces where they are wanted; what sends them is loaded only then. */
const startTracing = async (
  { tracing }: Settings,
  onFailure: (error: unknown, about: object) => void,
  stoppers: Stopper[],
): Promise<Tracing | undefined> => {
  if (tracing === null) return undefined;
  const { otlpSender } = await import('#kernel/telemetry/otlp.ts');
  const sender = otlpSender({ ...tracing, onFailure });
  stoppers.push(sender.stop);
  return tracingOver({ clock: systemClock, share: tracing.share, tell: sender.tell });
};

/** Starts everything. What was started is pushed onto `stoppers` at once, so that a failure half-way stops it again. */
const start = async (settings: Settings, stoppers: Stopper[]): Promise<void> => {
  const clock = systemClock;
  const demo = settings.mode === 'demo';
  const log = newLog(settings.logLevel);
  const onFailure = (error: unknown, about: object = {}): void =>
    log.error({ err: error, ...about }, 'failed in the background');
  const { arrangement } = settings;
  const { serves, works } = dutiesOf(settings);
  const tracing = await startTracing(settings, onFailure, stoppers);
  const jobs = jobsOf({ clock, onFailure, commonWork: works, tracing });
  const begin = (job: Repeating | null): void => {
    if (!job) return;
    job.start();
    stoppers.push(job.stop);
  };
  // Built beside everything else; a failure is met where the pages are needed.
  const building = serves
    ? ensurePages(home, () => say('首次启动或页面有更新，正在构建页面……'))
    : Promise.resolve(null);
  building.catch(() => undefined);
  const releasing = building.then(() => checkAtStart(settings, home, clock.now()));
  releasing.catch(() => undefined);
  const database = await startDatabase(settings, clock.now());
  stoppers.push(database.stop);
  begin(keepDatabase(database, clock, jobs));
  const edition = await startEdition(settings, database.db, clock);
  const { crypto } = edition;
  begin(watchKeys(edition, jobs));
  makeFilesFolder(settings);
  const files = storeOf(settings);
  const reader = paperReaderOf({ idleSeconds: 300, timeoutSeconds: 90 });
  stoppers.push(() => reader.close());
  const looker = pictureLookerOf({ idleSeconds: 60, timeoutSeconds: 60 });
  stoppers.push(() => looker.close());
  const shrinker = pictureShrinkerOf({ idleSeconds: 60, timeoutSeconds: 30 });
  stoppers.push(() => shrinker.close());
  const links = settings.outside
    ? agreedLinks(settings.linkKeysFile, crypto)
    : await simulatorLinks(settings.linkKeysFile, crypto);
  const stateFile = join(settings.dataDir, 'simulators.jsonl');
  const release = await releasing;
  const rooms = () => diskRooms(fillingFolders(settings, database), settings.diskLowBytes);
  const ground = { db: database.db, crypto, clock, onFailure };
  const product = composeAreas({
    arrangement: { areas: arrangement.areas, callPeer: callsToPeers(arrangement, ground) },
    db: database.db,
    ...edition,
    clock,
    jobs,
    files,
    reader,
    looker: demo ? demoLooker(looker) : looker,
    shrink: shrinker.shrink,
    farMetres: settings.photoFarMetres,
    sessionLimits: settings.session,
    signIn: signInSetup(
      settings.signIn,
      settings.publicUrl,
      settings.outside ? null : `http://127.0.0.1:${settings.simulatorsPort}`,
    ),
    publicQuery: settings.publicQuery,
    exportsPerPerson: settings.exportsPerPerson,
    exportFilesPerPerson: settings.exportFilesPerPerson,
    exportHand: handApart({ file: exportProgram, databaseUrl: database.url, idleSeconds: 60 }),
    quietHours: settings.quietHours,
    citizens: citizenRules(settings),
    systemRules: settings.systemRules,
    posture: {
      encrypted: settings.publicUrl.startsWith('https:'),
      requireCertified: settings.crypto.requireCertified,
      release: () => release,
    },
    diskRooms: rooms,
    backupLateHours: settings.backups.lateHours,
    demo,
    demoAccounts: demo ? demoAccounts : [],
    sealAnchor: fileAnchor(join(settings.dataDir, 'audit-anchor.json')),
    onFailure,
  });
  // The operations desk of governance watches them where it runs; a disk is one of its machine.
  if (!arrangement.areas.includes('governance'))
    begin(diskWatch({ db: database.db, clock, jobs, telemetry: product.telemetry, diskRooms: rooms, onFailure }));
  const tell = (action: string, detail: AuditFact['detail']): Promise<void> =>
    product.facts.leave(serverFact(clock.now(), action, detail));
  const { audit, elv } = product;
  if (audit) stoppers.push(() => audit.stop());
  await tellRelease(release, settings, (fact) => product.facts.leave(fact), say);
  await product.access.installRoles();
  if (demo) {
    if (arrangement.areas.includes('governance')) await ensureDemoAccounts(database.db, product, clock.now());
    if (!settings.outside) {
      const telling = await tellDemo(settings, { db: database.db, databaseUrl: database.url, stateFile });
      stoppers.push(telling.stop);
      await telling.done;
    }
  }
  const secure = settings.publicUrl.startsWith('https:');
  const server = await webServer({
    db: database.db,
    // Whoever only works tells how it is, and is asked nothing else.
    areas: serves ? product.areas : [],
    mount: {
      access: product.access,
      clock,
      ...product.sessions,
      leaveFact: (fact) => product.facts.leave(fact),
      secureCookies: secure,
    },
    inbound: serves
      ? {
          db: database.db,
          clock,
          inbox: product.inbox,
          connectors: connectorsOf(arrangement.areas),
          links,
          handlers: Object.assign({}, ...product.areas.map(({ inbound }) => inbound)),
          onCrossing: product.onCrossing,
        }
      : null,
    peers: serves ? offeredToPeers(arrangement, ground, product) : null,
    pages: await building,
    log,
    trustedProxies: settings.trustedProxies,
    secure,
    telemetry: product.telemetry,
    tracing,
    diskRooms: rooms,
    metricsToken: settings.metricsToken,
    mostConnections: settings.mostConnections,
    mostAtOnce: settings.mostAtOnce,
    requestsPerMinute: 3_000,
    signInsPerMinute: 30,
  });
  const closeDoors = await listen(server, settings);
  const simulators = settings.outside
    ? null
    : await startSimulators({
        home,
        port: settings.simulatorsPort,
        callbackUrl: `http://127.0.0.1:${settings.port}`,
        signOnRedirect: signOnReturn(settings.publicUrl),
        oneStopRedirect: citizenReturn(settings.publicUrl),
        linkKeysFile: settings.linkKeysFile,
        stateFile,
      });
  if (simulators) stoppers.push(simulators.stop);
  const addresses = settings.outside ?? forEachOutside(() => simulators?.url ?? '');
  const wires = wiresTo(addresses, links, clock);
  product.reach(wires);
  if (works) {
    const relay = product.relay(wires, { tracing });
    stoppers.push(() => relay.stop());
  }
  for (const area of product.areas) {
    await area.start();
    stoppers.push(() => area.stop());
  }
  await tell('kernel.server.started', { mode: settings.mode });
  audit?.start();
  product.aboutItself.start();
  stoppers.push(() => product.aboutItself.stop());
  stoppers.push(() => tell('kernel.server.stopped', {}));
  // Somebody else reads what nobody here will.
  if (elv) stoppers.push(() => elv.desk.readings.stop());
  // Before all else nobody new is let in, and whoever is served has an answer: a balancer goes to the next server.
  stoppers.push(closeDoors);
  say(announcement(settings, { seconds: seconds(), place: database.place, simulatorsUrl: simulators?.url ?? null }));
};

const stopAll = async (stoppers: Stopper[]): Promise<void> => {
  for (const stop of stoppers.reverse()) {
    await stop().catch((error: unknown) => process.stderr.write(`停止时出错：${String(error)}\n`));
  }
};

const whyNotStarted = (error: unknown): string => {
  if (error instanceof SettingsWrong) return error.message;
  if (error instanceof TablesInUse) return error.message;
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return outageOf(error) === 'no-room' ? `磁盘空间已满，请腾出空间后再启动\n${details}` : details;
};

const main = async (): Promise<void> => {
  const stoppers: Stopper[] = [];
  let stopping = false;
  const end = (code: number): void => {
    if (stopping) return;
    stopping = true;
    void stopAll(stoppers).then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  try {
    await start(readSettings(process.env, home), stoppers);
  } catch (error) {
    process.stderr.write(`没有启动：${whyNotStarted(error)}\n`);
    end(1);
  }
};

await main();
