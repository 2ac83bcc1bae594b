import type { Db, Tx } from '#kernel/db/database.ts';
import type { Migration } from '#kernel/db/migrate.ts';
import type { CaseStore } from '#kernel/lifecycle/engine.ts';
import type { BookLoan } from './book-loan.lifecycle.ts';

type Tables = {
  'library.loan': {
    id: string;
    state: string;
    version: number;
    round: number;
    holds: string;
    record: string;
    deadline_at: Date | null;
    state_since: Date;
  };
  'library.message': { loan_id: string; exchange: string; version: number };
};

/** The tables of the made-up kind of case: loans, and the messages that were sent for them. */
export const bookLoanMigration: Migration = {
  id: 'library/0001-loan',
  sql: `
create schema library;
create table library.loan (
  id varchar(40) primary key,
  state varchar(40) not null,
  version integer not null,
  round integer not null,
  holds text not null,
  record text not null,
  deadline_at timestamptz,
  state_since timestamptz not null
);
create table library.message (
  loan_id varchar(40) not null,
  exchange varchar(80) not null,
  version integer not null
);
`,
};

/** Opens a loan. */
export const addLoan = async (db: Db, id: string, record: BookLoan, at: Date): Promise<void> => {
  await db
    .withTables<Tables>()
    .insertInto('library.loan')
    .values({
      id,
      state: 'asked',
      version: 1,
      round: 1,
      holds: '[]',
      record: JSON.stringify(record),
      deadline_at: null,
      state_since: at,
    })
    .execute();
};

/** How the engine reads and writes loans. */
export const bookLoanStore: CaseStore<BookLoan> = {
  lock: async (tx, id) => {
    const row = await tx
      .withTables<Tables>()
      .selectFrom('library.loan')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    return (
      row && {
        id: row.id,
        lifecycleVersion: 1,
        state: row.state,
        version: row.version,
        round: row.round,
        // Both texts are written by addLoan and move only.
        holds: JSON.parse(row.holds) as string[],
        record: JSON.parse(row.record) as BookLoan,
      }
    );
  },
  move: async (tx, { id, state, version, round, holds, record, at, entered }) => {
    await tx
      .withTables<Tables>()
      .updateTable('library.loan')
      .set({
        state,
        version,
        round,
        holds: JSON.stringify(holds),
        record: JSON.stringify(record),
        ...(entered ? { deadline_at: entered.deadlineAt, state_since: at } : {}),
      })
      .where('id', '=', id)
      .execute();
  },
};

/** Keeps one message of a loan in the caller's transaction, as an outbox would. */
export const addMessage = async (tx: Tx, loanId: string, exchange: string, version: number): Promise<void> => {
  await tx.withTables<Tables>().insertInto('library.message').values({ loan_id: loanId, exchange, version }).execute();
};

/** The messages kept for a loan. */
export const messagesOf = async (db: Db, loanId: string): Promise<readonly string[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('library.message')
    .select('exchange')
    .where('loan_id', '=', loanId)
    .execute();
  return rows.map(({ exchange }) => exchange);
};

/** Deadline and time of entering the present state. */
export const timesOf = async (
  db: Db,
  id: string,
): Promise<{ readonly deadlineAt: Date | null; readonly stateSince: Date }> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('library.loan')
    .select(['deadline_at', 'state_since'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { deadlineAt: row.deadline_at, stateSince: row.state_since };
};
