import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { backUp, type RestoreReport, restoreFrom } from '#apps/server/backup.ts';
import { readSettings, type Settings } from '#apps/server/settings.ts';
import type { BackupManifest } from '#kernel/backup/manifest.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { type ActingCase, caseFactory } from './case-factory.ts';
import { aProduct, type TestProduct } from './product.ts';
import { anEmptyDatabase, type TestDatabase } from './template-database.ts';

/** A product with a past, and a backup of it that was made while people went on working. */
export interface KeptProduct {
  readonly it: TestProduct;
  /** A case the commission is to decide. */
  readonly waiting: ActingCase;
  readonly source: Settings;
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** How many cases were opened while the backup was made. */
  readonly openedMeanwhile: number;
  /** Where everything of the test lies. */
  readonly root: string;
  close(): Promise<void>;
}

const onPart = (): void => undefined;

/** Settings of a server over a database, with files and keys in a folder. */
export const settingsOver = (
  { url, ownerUrl }: TestDatabase,
  folder: string,
  filesFolder = join(folder, 'files'),
): Settings => ({
  ...readSettings({ MODE: 'demo', DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: folder }, folder),
  files: { kind: 'disk', folder: filesFolder },
});

/** Puts a master key of one byte again and again into a data folder; the tests' products have 7. */
export const putMasterKey = (folder: string, byte: number): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'master.key'), `${Buffer.alloc(32, byte).toString('hex')}\n`, { mode: 0o600 });
};

/** Makes the product and its backup. `first` keeps the vehicles of test files apart. */
export const aKeptProduct = async (first: number): Promise<KeptProduct> => {
  const root = mkdtempSync(join(tmpdir(), 'hushang-backup-'));
  const folder = join(root, 'kept');
  const it = await aProduct();
  const factory = caseFactory(it, first);
  const waiting = await factory.at('confirming');
  await factory.at('handedOver', { clerk: 'clerk2' });
  await it.product.audit.sealer.sealNow();
  putMasterKey(join(root, 'source'), 7);
  const source = settingsOver(it.database, join(root, 'source'), it.filesFolder);
  let over = false;
  const working = (async (): Promise<number> => {
    let opened = 0;
    for (; !over; opened += 1) await factory.at('intake', { clerk: 'clerk3' });
    return opened;
  })();
  await factory.at('intake');
  const manifest = await backUp({ settings: source, folder, clock: systemClock, onPart });
  over = true;
  const openedMeanwhile = await working;
  const close = async (): Promise<void> => {
    await it.close();
    rmSync(root, { recursive: true, force: true });
  };
  return { it, waiting, source, folder, manifest, openedMeanwhile, root, close };
};

/** An empty database and a data folder with the right key, to restore into. */
export interface RestoreTarget {
  readonly database: TestDatabase;
  readonly home: string;
  readonly settings: Settings;
  /** Restores as the command does. */
  restore(folder: string, acceptFindings?: boolean): Promise<RestoreReport>;
  /** How many tables the database holds. */
  tables(): Promise<number>;
}

/** Makes a target. */
export const aTarget = async (root: string): Promise<RestoreTarget> => {
  const database = await anEmptyDatabase();
  const home = mkdtempSync(join(root, 'target-'));
  putMasterKey(home, 7);
  const settings = settingsOver(database, home);
  return {
    database,
    home,
    settings,
    restore: (folder, acceptFindings = false) =>
      restoreFrom({ settings, folder, clock: systemClock, onPart }, acceptFindings),
    tables: async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('kernel', 'elv', 'governance')`.execute(database.ownerDb);
      return rows[0]?.n ?? -1;
    },
  };
};

/** Some file below a folder of files. */
export const someFile = (folder: string): string => {
  const names = readdirSync(join(folder, 'files'), { recursive: true, encoding: 'utf8' });
  return join(folder, 'files', names.find((name) => /[0-9a-f-]{36}$/.test(name)) ?? '');
};
