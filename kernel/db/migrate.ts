import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, openDatabase, type Tx } from './database.ts';

/** One change of the schema. It is never edited after it has landed; `appendOnly` tables may be added to and read, nothing else; of these `readOnly` ones are only read. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
  readonly appendOnly?: readonly string[];
  readonly readOnly?: readonly string[];
}

type Tables = {
  'kernel.migration': { id: string; digest: string; applied_at: Date };
};

const lockNumber = 7_150_601;

/** Waits for whoever else changes the schema, and keeps everybody else waiting to the end of this transaction. */
export const holdSchema = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(tx);
};

const prepare = async (tx: Tx): Promise<void> => {
  await holdSchema(tx);
  await sql`create schema if not exists kernel`.execute(tx);
  await sql`create table if not exists kernel.migration (id varchar(120) primary key, digest varchar(64) not null, applied_at timestamptz not null)`.execute(
    tx,
  );
};

const applied = async (tx: Tx): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.withTables<Tables>().selectFrom('kernel.migration').select(['id', 'digest']).execute();
  return new Map(rows.map(({ id, digest }) => [id, digest]));
};

/** A migration as the database notes it. */
export interface AppliedMigration {
  readonly id: string;
  /** SM3 of its text. */
  readonly digest: string;
}

/** What a migration is noted as once it is applied. */
export const noteOf = ({ id, sql: text }: Migration): AppliedMigration => ({ id, digest: sm3Hex(text) });

/** Which migrations a database has seen; none where it was never migrated. */
export const appliedMigrations = async (tx: Tx): Promise<readonly AppliedMigration[]> => {
  const found = await sql<{ there: string | null }>`select to_regclass('kernel.migration')::text as there`.execute(tx);
  if (!found.rows[0]?.there) return [];
  return [...(await applied(tx))].map(([id, digest]) => ({ id, digest })).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** Applies every migration that is missing, in the caller's transaction. Errors: throws when a migration's text has changed since it was applied. */
export const applyMigrations = async (
  tx: Tx,
  migrations: readonly Migration[],
  now: Date,
): Promise<readonly string[]> => {
  await prepare(tx);
  const done = await applied(tx);
  const fresh: string[] = [];
  for (const migration of migrations) {
    const { id, digest } = noteOf(migration);
    const before = done.get(id);
    if (before !== undefined && before !== digest)
      throw new Error(`migration ${id} was changed after it had been applied`);
    if (before !== undefined) continue;
    await sql.raw(migration.sql).execute(tx);
    await tx.withTables<Tables>().insertInto('kernel.migration').values({ id, digest, applied_at: now }).execute();
    fresh.push(id);
  }
  return fresh;
};

/** Applies every migration that is missing, in order, all in one transaction; a second process waits for the first. Errors: see {@link applyMigrations}. */
export const migrate = (ownerDb: Db, migrations: readonly Migration[], now: Date): Promise<readonly string[]> =>
  ownerDb.transaction().execute((tx) => applyMigrations(tx, migrations, now));

/** Somebody reads or changes a table for so long that it could not be altered; nothing was. The message is for the operator. */
export class TablesInUse extends Error {}

/** How a migration gives way to those at work, in milliseconds. */
export interface Giving {
  /** So long it waits for a table: whoever comes meanwhile has to wait behind it. */
  readonly lockWaitMs: number;
  /** So long the others go on before it tries again. */
  readonly pauseMs: number;
  /** After so long it is not tried again. */
  readonly mostMs: number;
  /** So long nothing is said again of waiting. */
  readonly tellEveryMs: number;
  /** Told what it waits for; the words are for the operator. */
  readonly onWaiting: (words: string) => void;
}

/** As the server gives way. */
export const usualGiving: Omit<Giving, 'onWaiting'> = {
  lockWaitMs: 3_000,
  pauseMs: 10_000,
  mostMs: 5 * 60_000,
  tellEveryMs: 60_000,
};

const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01');

/** Whether another process changes the schema at this moment. */
const othersChangeSchema = async (db: Db): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_locks where locktype = 'advisory' and objid = ${sql.lit(lockNumber)} and granted
    and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows.length > 0;
};

/** Whom it waits for, in words. That it cannot be found out is no reason to end. */
const whomOn = async (db: Db): Promise<string> => {
  try {
    return (await othersChangeSchema(db))
      ? '另一个进程正在升级或恢复数据库'
      : '有备份、导出或长时间的查询正在读要改动的数据表';
  } catch {
    return '要改动的数据表被占用，没有查出由谁占用';
  }
};

/** Tells what is waited for, after the first attempt in vain and again after each stretch of time. */
const waitingTeller = (db: Db, { tellEveryMs, mostMs, onWaiting }: Giving): ((waitedMs: number) => Promise<void>) => {
  let toldAt: number | undefined;
  return async (waitedMs) => {
    if (toldAt !== undefined && waitedMs - toldAt < tellEveryMs) return;
    toldAt = waitedMs;
    const whom = await whomOn(db);
    const seconds = Math.round(waitedMs / 1000);
    onWaiting(
      `数据库结构升级正在等待：${whom}，已等 ${seconds} 秒，最多等 ${Math.round(mostMs / 1000)} 秒；在此之前什么都没有改动，正在运行的版本照常服务`,
    );
  };
};

/**
 * {@link migrate} while others work: a backup or an export that reads a table for minutes would keep it waiting, and everybody else behind it, so it waits for seconds, takes
 * all back, lets the others through and begins anew. Errors: throws TablesInUse when it never got through.
 */
export const migrateBesideOthers = async (
  ownerUrl: string,
  migrations: readonly Migration[],
  now: Date,
  giving: Giving,
): Promise<readonly string[]> => {
  const { lockWaitMs, pauseMs, mostMs } = giving;
  const { db, close } = openDatabase({ url: ownerUrl, poolSize: 1, lockWaitMs });
  const tellWaiting = waitingTeller(db, giving);
  const began = performance.now();
  try {
    for (;;) {
      try {
        return await migrate(db, migrations, now);
      } catch (error) {
        if (!isLockTimeout(error)) throw error;
        const waitedMs = performance.now() - began;
        if (waitedMs + pauseMs > mostMs)
          throw new TablesInUse(
            '数据表一直被占用（有备份、导出在读，或另一个进程正在升级），数据库结构没有升级，什么都没有改动，正在运行的版本照常服务；请等备份或导出结束后再启动新版本',
            { cause: error },
          );
        await tellWaiting(waitedMs);
        await sleep(pauseMs);
      }
    }
  } finally {
    await close();
  }
};

/** The schemas that migrations make tables in. */
export const schemasOf = (migrations: readonly Pick<Migration, 'id'>[]): readonly string[] => [
  ...new Set(migrations.map(({ id }) => id.split('/')[0] ?? '')),
];

const grant = async (tx: Tx, migrations: readonly Migration[], user: string): Promise<void> => {
  const role = sql.id(user);
  for (const schema of schemasOf(migrations)) {
    await sql`grant usage on schema ${sql.id(schema)} to ${role}`.execute(tx);
    await sql`grant select, insert, update, delete on all tables in schema ${sql.id(schema)} to ${role}`.execute(tx);
  }
  for (const table of [...migrations.flatMap(({ appendOnly = [] }) => appendOnly), 'kernel.migration']) {
    const [schema = '', name = ''] = table.split('.');
    await sql`revoke update, delete, truncate on ${sql.id(schema, name)} from ${role}`.execute(tx);
  }
  for (const table of migrations.flatMap(({ readOnly = [] }) => readOnly)) {
    const [schema = '', name = ''] = table.split('.');
    await sql`revoke insert on ${sql.id(schema, name)} from ${role}`.execute(tx);
  }
};

/**
 * Lets the serving user read and write every table, and only read and add to the append-only ones; at no moment more than that, and one process after the other: PostgreSQL refuses
 * who grants rights on a table while somebody else does.
 * Source: tender R45, T5.6: what was done cannot be undone by the program that serves.
 */
export const grantServing = (ownerDb: Db, migrations: readonly Migration[], user: string): Promise<void> =>
  ownerDb.transaction().execute(async (tx) => {
    await holdSchema(tx);
    await grant(tx, migrations, user);
  });
