import type { Writable } from 'node:stream';
import { type Compilable, Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { spanned } from '#kernel/telemetry/span.ts';
import { isOutdated } from './outage.ts';

/** No tables by default: each store adds its own with `db.withTables<…>()`, so there is no central list of tables. */
// biome-ignore lint/complexity/noBannedTypes: an empty table map is exactly what is meant here.
export type NoTables = {};

/** The database as the system sees it. */
export type Db = Kysely<NoTables>;

/** An open transaction; a step's writes all join one. */
export type Tx = Transaction<NoTables>;

/** An opened database with its way to be closed. */
export interface OpenDatabase {
  readonly db: Db;
  close(): Promise<void>;
}

const dateOid = 1082;

/** How values come from the database: as pg has them, but a day stays its text. */
export const valueTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    // A day must not become an instant in the server's time zone.
    oid === dateOid
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** So many statements are kept by each connection. */
const mostPrepared = 300;

/** Statements of more values than this are made of lists, whose lengths give ever new texts: those are not kept. */
const mostValues = 40;

/** What a statement answers that is not sent by itself. */
const nothingTold = { command: '', rowCount: null, rows: [], fields: [] };

// pg keeps its socket here; its types do not tell.
const streamOf = (client: pg.PoolClient): Writable =>
  (client as unknown as { readonly connection: { readonly stream: Writable } }).connection.stream;

/** Makes what is sent to the database within one turn of the event loop one packet. */
const gathering = (stream: Writable): (() => void) => {
  let held = false;
  return () => {
    if (held) return;
    held = true;
    stream.cork();
    process.nextTick(() => {
      held = false;
      stream.uncork();
    });
  };
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * A pool whose connections parse a statement once and are then only given its values, and which send what need not wait in one packet: the
 * beginning of a transaction with its first statement, and all statements of one turn.
 */
const preparing = (pool: pg.Pool): PostgresPool => {
  const names = new Map<string, string>();
  let generation = 0;
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < mostPrepared) names.set(text, `hs${generation}_${names.size}`);
    return names.get(text);
  };
  /** A table has another shape than when this was parsed: from now on every connection parses anew. */
  const parseAnew = (text: string, name: string): void => {
    if (names.get(text) !== name) return;
    generation += 1;
    names.clear();
  };
  const connect = async () => {
    const client = await pool.connect();
    const stream = streamOf(client);
    const gather = gathering(stream);
    let toBegin = false;
    let inside = false;
    const send = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
      const name = values.length === 0 || values.length > mostValues ? undefined : nameOf(text);
      if (name === undefined) return client.query({ text, values });
      try {
        return await client.query({ name, text, values });
      } catch (error) {
        if (!isOutdated(error)) throw error;
        parseAnew(text, name);
        // Within a transaction all of it is done again.
        if (inside) throw error;
        return send(text, values);
      }
    };
    return {
      query: (text: string, values: unknown[]) => {
        if (text === 'begin') {
          toBegin = true;
          inside = true;
          return Promise.resolve(nothingTold);
        }
        gather();
        if (text.startsWith('start transaction')) inside = true;
        if (text === 'commit' || text === 'rollback') inside = false;
        if (!toBegin) return send(text, values);
        toBegin = false;
        // A transaction in which nothing was asked need not be known to the database.
        if (text === 'commit' || text === 'rollback') return Promise.resolve(nothingTold);
        // Should it fail, what is sent behind it fails too, and that error is told.
        client.query('begin').catch(() => undefined);
        return send(text, values);
      },
      // One that was given up a moment ago is nobody else's.
      release: (destroy?: boolean) => client.release(destroy || stream.destroyed),
    };
  };
  // Kysely's type names every command a result may tell of, where pg's own says text.
  return { options: pool.options, connect: connect as unknown as PostgresPool['connect'], end: () => pool.end() };
};

/**
 * Opens a pool. `bigint` and `numeric` come as strings, `date` as `yyyy-MM-dd`. `onQuery` sees every compiled statement, for tests.
 * `hasty` does not wait for commits to reach the disk: for data that can be made again.
 */
export const openDatabase = (options: {
  readonly url: string;
  readonly poolSize: number;
  readonly hasty?: true;
  /** How long to wait for a connection, in milliseconds; 15 s unless told. */
  readonly connectionWaitMs?: number;
  /** How long a statement waits for a row or name that somebody else holds, in milliseconds; for ever unless told. */
  readonly lockWaitMs?: number;
  /** How long to wait for the answer to a statement, in milliseconds; its connection is given up then, and whether it was done is unknown. For ever unless told. */
  readonly answerWaitMs?: number;
  readonly onQuery?: (sql: string) => void;
}): OpenDatabase => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    types: valueTypes,
    connectionTimeoutMillis: options.connectionWaitMs ?? 15_000,
    // A machine that is gone without a word is noticed where nothing is under way: asked after ten quiet seconds, and given up when the operating system has asked often enough
    // (minutes). While a statement is under way nobody asks: only `answerWaitMs` bounds that.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(options.answerWaitMs === undefined ? {} : { query_timeout: options.answerWaitMs }),
    ...(options.lockWaitMs === undefined ? {} : { lock_timeout: options.lockWaitMs }),
    // Statements are sent without waiting for the answer of the one before.
    pipeline: true,
    ...(options.hasty ? { options: '-c synchronous_commit=off' } : {}),
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks in the middle of a transaction while no statement is under way; the next statement is refused, and the pool lets it go.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { onQuery } = options;
  const db: Db = new Kysely<NoTables>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
    ...(onQuery ? { log: (event: { query: ReturnType<Compilable['compile']> }) => onQuery(event.query.sql) } : {}),
  });
  return { db, close: () => db.destroy() };
};

/** Resolves when the database answers. Errors: rejects when it does not. */
export const reach = async (db: Db): Promise<void> => {
  await sql`select 1`.execute(db);
};

/** The violated constraint when a unique key refused a row; undefined for every other error. */
export const uniqueViolation = (error: unknown): string | undefined =>
  codeOf(error) === '23505' && error instanceof Error && 'constraint' in error ? String(error.constraint) : undefined;

const mayRetry = (error: unknown): boolean =>
  codeOf(error) === '40001' || codeOf(error) === '40P01' || isOutdated(error);

const brokenTransaction = '25P02';

/** The statements of one connection that are sent without waiting for each other. */
interface Flight {
  /** The first of them the database refused; what failed behind it says only that the transaction was broken. */
  first(): unknown;
  /** Waits for all of them. From then on none is sent: the connection may be somebody else's. */
  land(): Promise<void>;
}

/**
 * Lets the statements of a transaction or a connection be sent without waiting for each other's answers, in the order they are asked for; Kysely by itself queues
 * them. Who needs an answer first awaits it.
 */
const unqueued = async (tx: Db): Promise<Flight> => {
  const executor = tx.getExecutor();
  const underWay = new Set<Promise<unknown>>();
  let failure: unknown;
  let over = false;
  await executor.provideConnection(async (connection) => {
    const direct: typeof executor.provideConnection = async (consumer) => {
      if (over) throw new Error('a statement was asked for after its connection was given back');
      const one = consumer(connection);
      underWay.add(one);
      try {
        return await one;
      } catch (error) {
        failure ??= error;
        throw error;
      } finally {
        underWay.delete(one);
      }
    };
    Object.assign(executor, { provideConnection: direct });
  });
  return {
    first: () => failure,
    land: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
      over = true;
    },
  };
};

const inFlight = async <D extends Db, T>(tx: D, work: (tx: D) => Promise<T>): Promise<T> => {
  const flight = await unqueued(tx);
  try {
    const result = await work(tx);
    await flight.land();
    // A refusal nobody waited for: the database would answer the commit by taking everything back.
    if (flight.first() !== undefined) throw flight.first();
    return result;
  } catch (error) {
    await flight.land();
    // What failed behind another statement says only that the transaction was broken; everything else says what it means.
    throw codeOf(error) === brokenTransaction ? flight.first() : error;
  }
};

const tried = async <T>(db: Db, work: (tx: Tx) => Promise<T>, asOf?: 'one-moment'): Promise<T> => {
  const begin = () => (asOf ? db.transaction().setIsolationLevel('repeatable read') : db.transaction());
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await begin().execute((tx) => inFlight(tx, work));
    } catch (error) {
      if (!mayRetry(error) || attempt >= 4) throw error;
    }
  }
};

/**
 * Asks several things by one connection, in one packet, where each by a connection of its own would cost more than its answer. No transaction: each sees its own moment. Nothing within may ask the pool for a second
 * connection: where all are held so, everybody would wait for one.
 */
export const byOneConnection = <T>(db: Db, work: (one: Db) => Promise<T>): Promise<T> =>
  db.connection().execute((one) => inFlight(one, work));

/**
 * Runs work in one transaction; deadlocks and serialization failures are tried again, four times in all. As of `one-moment` every statement sees
 * what the first one saw, and a row that somebody else has changed since fails the attempt.
 */
export const inTransaction = <T>(db: Db, work: (tx: Tx) => Promise<T>, asOf?: 'one-moment'): Promise<T> =>
  spanned('transaction', 'internal', { 'db.system.name': 'postgresql' }, () => tried(db, work, asOf));
