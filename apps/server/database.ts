import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction, openDatabase } from '#kernel/db/database.ts';
import { type Embedded, startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { grantServing, migrateBesideOthers, usualGiving } from '#kernel/db/migrate.ts';
import { markTrial } from '#kernel/db/trial.store.ts';
import type { Jobs, Repeating } from '#kernel/jobs/jobs.ts';
import { seedSpecialDays } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { shippedHolidays } from '#kernel/time/holidays.ts';
import type { AreaId } from './area-ids.ts';
import { tellingMark } from './demo/telling-mark.ts';
import { migrations, migrationsFor } from './plans.ts';
import type { Settings } from './settings.ts';

/** The database as the server uses it. */
export interface RunningDatabase {
  readonly db: Db;
  readonly url: string;
  /** Where it is, for people; without user and password. */
  readonly place: string;
  /** The database where it is our own. */
  readonly embedded: Embedded | null;
  stop(): Promise<void>;
  /** Lets go of it, as a command does that may run beside a server. */
  leave(): Promise<void>;
}

/** How the database is reached, by whom. */
export interface DatabaseAddresses {
  /** Of the owner of the tables. */
  readonly ownerUrl: string;
  readonly servingUrl: string;
  readonly servingUser: string;
  readonly embedded: Embedded | null;
}

/** Lets go of a database of our own: one that was running before is somebody else's, and goes on. */
export const leaveEmbedded = async (embedded: Embedded | null): Promise<void> => {
  if (embedded && !embedded.adopted) await embedded.stop();
};

/** Where the database is; one of our own is started, or the running one taken. Nothing in it is changed. */
export const addressesOf = async (settings: Settings): Promise<DatabaseAddresses> => {
  const { databaseUrl, databaseOwnerUrl, dataDir, cacheDir } = settings;
  if (databaseUrl !== null) {
    return {
      ownerUrl: databaseOwnerUrl ?? databaseUrl,
      servingUrl: databaseUrl,
      servingUser: decodeURIComponent(new URL(databaseUrl).username),
      embedded: null,
    };
  }
  const embedded = await startEmbedded({ dataDir, cacheDir, durable: true });
  return {
    ownerUrl: embedded.ownerUrl,
    servingUrl: embedded.appUrl,
    servingUser: embedded.appUser,
    embedded,
  };
};

/** Whoever starts a server or a command sees why nothing happens yet. */
const tellWaiting = (words: string): void => {
  process.stderr.write(`${words}\n`);
};

const bringUpToDate = async (
  { ownerUrl, servingUrl, servingUser }: DatabaseAddresses,
  areas: readonly AreaId[],
  now: Date,
  asTrial: boolean,
): Promise<void> => {
  const applied = await migrateBesideOthers(ownerUrl, migrations, now, { ...usualGiving, onWaiting: tellWaiting });
  const owner = openDatabase({ url: ownerUrl, poolSize: 1 });
  try {
    // Made just now: what people have worked in never becomes a trial.
    if (asTrial && applied.length === migrations.length) await markTrial(owner.db, now);
    if (applied.length > 0) {
      const fact = serverFact(now, 'kernel.database.migrated', { migrations: applied });
      await inTransaction(owner.db, (tx) => appendFact(tx, fact));
    }
    // With one user for both there is nobody to take rights from; production has two.
    if (ownerUrl !== servingUrl) await grantServing(owner.db, migrationsFor(areas), servingUser);
    await seedSpecialDays(owner.db, shippedHolidays);
  } finally {
    await owner.close();
  }
};

/** A page waits half a minute for its answer. Whoever waits longer for a row is sent away, so that one row that is held does not take up all connections. */
const lockWaitMs = 15_000;

/** Nothing that serves or is done in rounds asks for more than seconds. A database whose machine went while it was asked keeps nobody longer than this; backups and exports have connections of their own. */
const answerWaitMs = 120_000;

/**
 * Starts or reaches the database, brings its tables up to date, and takes the serving user's rights to change what is append-only. One that is
 * made now is marked as a trial where it is asked for, and for a demo always.
 */
export const startDatabase = async (
  settings: Settings,
  now: Date,
  asTrial: boolean = settings.mode === 'demo',
): Promise<RunningDatabase> => {
  const addresses = await addressesOf(settings);
  const { servingUrl, embedded } = addresses;
  // Nobody has worked in a database whose demo was never told to its end: the server listens only afterwards.
  if (embedded && tellingMark(settings.dataDir).stands()) await embedded.startOver();
  await bringUpToDate(addresses, settings.arrangement.areas, now, asTrial).catch(async (error: unknown) => {
    await leaveEmbedded(embedded);
    throw error;
  });
  const { db, close } = openDatabase({ url: servingUrl, poolSize: settings.poolSize, lockWaitMs, answerWaitMs });
  const { host, pathname } = new URL(servingUrl);
  return {
    db,
    url: servingUrl,
    place: `${host}${pathname}`,
    embedded,
    stop: async () => {
      await close();
      await embedded?.stop();
    },
    leave: async () => {
      await close();
      await leaveEmbedded(embedded);
    },
  };
};

/** How often an embedded database is looked after, in milliseconds: about as long as people wait before they try again. */
const lookEveryMs = 1_000;

/** Starts an embedded database again whenever something else has ended it, and tells the log; an outside one has its own keepers. */
export const keepDatabase = ({ db, embedded }: RunningDatabase, clock: Clock, jobs: Jobs): Repeating | null =>
  embedded &&
  jobs.repeat(
    'database-watch',
    lookEveryMs,
    async () => {
      if (!(await embedded.revive())) return;
      const fact = serverFact(clock.now(), 'kernel.database.revived', {});
      await inTransaction(db, (tx) => appendFact(tx, fact));
    },
    // Whoever started it looks after it.
    'every-process',
  );
