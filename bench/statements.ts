import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '#kernel/db/database.ts';

/** A statement as it was sent. */
export interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What a piece of the product's own store code sends to the database. */
export const statementsOf = async (
  databaseUrl: string,
  work: (db: Db) => Promise<unknown>,
): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  const db: Db = new Kysely({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: databaseUrl, max: 1 }) }),
    log: ({ query }) => {
      sent.push({ text: query.sql, values: query.parameters });
    },
  });
  await work(db);
  await db.destroy();
  return sent;
};

/** A plain pool as large as the server's, that sends statements with nothing of the product around them. */
export const rawDatabase = (databaseUrl: string) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 24 });
  // The database goes away under it only when a measure has failed, and that error is the one to be seen.
  pool.on('error', () => undefined);
  return {
    /** Prepared by name, as the product does. */
    send: (statements: readonly Sent[]) =>
      Promise.all(
        statements.map(({ text, values }, at) =>
          pool.query({ name: `${at} ${text}`.slice(0, 60), text, values: [...values] }),
        ),
      ),
    close: () => pool.end(),
  };
};
