import { once } from 'node:events';
import { type Duplex, Readable } from 'node:stream';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { type Db, type NoTables, type Tx, valueTypes } from './database.ts';

/** What pg gives to whoever speaks on its connection; its types do not tell. */
interface Wire {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

const rowsOf = (tag: string): number => Number(/^COPY (\d+)$/.exec(tag)?.[1] ?? Number.NaN);

/** Rows are handed on in pieces of about so many bytes. */
const pieceBytes = 65_536;

/** A table on its way out; the names of its methods are those by which pg tells of what comes. */
class CopyOut extends Readable {
  readonly #text: string;
  #wire: Wire | undefined;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  submit(wire: Wire): void {
    this.#wire = wire;
    wire.query(this.#text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // pg reads the next bytes into the same place.
    this.#pieces.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes >= pieceBytes && !this.#flush()) this.#wire?.stream.pause();
  }

  #flush(): boolean {
    const piece = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#bytes = 0;
    return piece.length === 0 || this.push(piece);
  }

  override _read(): void {
    this.#wire?.stream.resume();
  }

  // Whoever stops reading has given up: the rest is not worth waiting for.
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (error) this.#wire?.stream.destroy();
    done(error);
  }

  handleCommandComplete(): void {
    this.#flush();
  }

  handleReadyForQuery(): void {
    this.#letGo();
    this.push(null);
  }

  handleError(error: Error): void {
    this.#letGo();
    this.destroy(error);
  }

  /** The end may have come together with what the connection was stopped at: whoever asks next is answered. */
  #letGo(): void {
    this.#wire?.stream.resume();
    this.#wire = undefined;
  }
}

/** A table on its way in. */
class CopyIn {
  readonly #text: string;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #done: (rows: number) => void;
  readonly #failed: (error: unknown) => void;
  #rows = Number.NaN;
  #over = false;
  #failure: unknown;

  constructor(
    text: string,
    source: AsyncIterable<Uint8Array>,
    done: (rows: number) => void,
    failed: (error: unknown) => void,
  ) {
    this.#text = text;
    this.#source = source;
    this.#done = done;
    this.#failed = failed;
  }

  submit(wire: Wire): void {
    wire.query(this.#text);
  }

  handleCopyInResponse(wire: Wire): void {
    void this.#send(wire);
  }

  async #send(wire: Wire): Promise<void> {
    try {
      for await (const piece of this.#source) {
        if (this.#over) return;
        wire.sendCopyFromChunk(piece);
        if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
      }
      if (!this.#over) wire.endCopyFrom();
    } catch (error) {
      this.#failure = error;
      if (!this.#over) wire.sendCopyFail('what was to be copied could not be read');
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rows = rowsOf(text);
  }

  handleReadyForQuery(): void {
    this.#done(this.#rows);
  }

  handleError(error: unknown): void {
    this.#over = true;
    this.#failed(this.#failure ?? error);
  }
}

/** A connection of its own that can copy whole tables; what it copies and what its transaction asks is of one transaction. */
export interface CopyingConnection {
  /** Runs work in one transaction; what failed first is told. `one-moment`: all of it sees one state, and changes nothing. */
  transaction<T>(work: (tx: Tx) => Promise<T>, asOf?: 'one-moment'): Promise<T>;
  /** The rows of `copy … to stdout` as they come, never more in memory than a few pieces. */
  copyOut(statement: string): Readable;
  /** Sends rows to `copy … from stdin`; answers how many. Errors: rejects with what the database or the source said first. */
  copyIn(statement: string, source: AsyncIterable<Uint8Array>): Promise<number>;
  close(): Promise<void>;
}

/** What every value is written by, whatever the server's own settings are. */
const oneForm = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_encoding = 'UTF8'`;

/** Opens a connection that copies. */
export const openCopying = async (url: string): Promise<CopyingConnection> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    types: valueTypes,
  });
  // A connection that breaks is told by the statement that needed it.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(oneForm);
  const held = {
    query: (text: string, values: unknown[]) => client.query(text, values),
    release: () => undefined,
  };
  const pool = { options: {}, connect: async () => held, end: async () => undefined } as unknown as PostgresPool;
  const db: Db = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
  return {
    transaction: async (work, asOf) => {
      let first: { readonly error: unknown } | undefined;
      const watched = async (tx: Tx) => {
        try {
          return await work(tx);
        } catch (error) {
          first = { error };
          throw error;
        }
      };
      const begin = asOf
        ? db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
        : db.transaction();
      try {
        return await begin.execute(watched);
      } catch (error) {
        // Taking back a transaction whose connection is gone fails as well.
        throw first ? first.error : error;
      }
    },
    copyOut: (statement) => client.query(new CopyOut(statement) as unknown as pg.Submittable) as unknown as Readable,
    copyIn: (statement, source) =>
      new Promise((resolve, reject) => {
        client.query(new CopyIn(statement, source, resolve, reject) as unknown as pg.Submittable);
      }),
    close: async () => {
      await db.destroy();
      // A connection that nothing was asked of is not ended by the above.
      await client.end();
    },
  };
};
