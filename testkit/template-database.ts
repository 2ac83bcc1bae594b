import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import { grantServing, type Migration, migrate } from '#kernel/db/migrate.ts';

/** A private, migrated copy of the database for one test file. `db` serves with the serving user's rights. */
export interface TestDatabase {
  readonly db: Db;
  readonly ownerDb: Db;
  readonly url: string;
  readonly ownerUrl: string;
  close(): Promise<void>;
}

const withName = (url: string, name: string): string => url.replace(/\/[^/]*$/, `/${name}`);

const asAdmin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: withName(inject('cluster').ownerUrl, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const ensureTemplate = async (name: string, migrations: readonly Migration[]): Promise<void> =>
  asAdmin(async (client) => {
    // Files run side by side: one builds the template, the others wait for it.
    await client.query('select pg_advisory_lock(7150602)');
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount !== 0) return;
    await client.query(`create database ${name}_making`);
    const opened = openDatabase({ url: withName(inject('cluster').ownerUrl, `${name}_making`), poolSize: 1 });
    await migrate(opened.db, migrations, new Date('2026-01-01T00:00:00Z'));
    await grantServing(opened.db, migrations, 'hushang_app');
    await opened.close();
    await client.query(`alter database ${name}_making rename to ${name}`);
  });

const opened = (name: string): TestDatabase => {
  const { ownerUrl: owner, appUrl: app } = inject('cluster');
  const [url, ownerUrl] = [withName(app, name), withName(owner, name)];
  const serving = openDatabase({ url, poolSize: 6 });
  const owning = openDatabase({ url: ownerUrl, poolSize: 2 });
  return {
    db: serving.db,
    ownerDb: owning.db,
    url,
    ownerUrl,
    close: async () => {
      await serving.close();
      await owning.close();
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};

const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

/** Makes a fresh database from a template that is migrated once for each list of migrations. */
export const aDatabase = async (migrations: readonly Migration[]): Promise<TestDatabase> => {
  const template = `template_${sm3Hex(JSON.stringify(migrations)).slice(0, 16)}`;
  await ensureTemplate(template, migrations);
  const name = newName();
  await asAdmin((client) => client.query(`create database ${name} template ${template}`));
  return opened(name);
};

/** Makes a database with nothing in it. */
export const anEmptyDatabase = async (): Promise<TestDatabase> => {
  const name = newName();
  await asAdmin((client) => client.query(`create database ${name}`));
  return opened(name);
};
