import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { type Part, partOf } from '#kernel/db/parts.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Connector, exchangeOf, type Message } from './connector.ts';
import type { LastOutcome, OutboxStatus, OutboxTables } from './outbox.table.ts';

/** A message put under a key that an earlier, different message already has. */
export class KeyTaken extends Error {}

/** A message about a case as its page shows it; no bodies. */
export interface OutboxView {
  readonly id: string;
  readonly direction: 'out';
  readonly connector: string;
  readonly exchange: string;
  readonly title: string;
  readonly key: string;
  readonly status: OutboxStatus;
  readonly attempts: number;
  /** When it is carried next; null once settled. */
  readonly nextAttemptAt: Date | null;
  readonly lastOutcome: LastOutcome | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
}

/** How full the queue of one connector is. */
export interface QueueFigures {
  readonly connector: string;
  readonly waiting: number;
  /** Seconds since the oldest waiting message was put. */
  readonly oldestSeconds: number;
  readonly givenUp: number;
}

/** How it stands with a message, for whoever put it and waits. */
export interface OutboxOutcome {
  readonly id: string;
  readonly status: OutboxStatus;
  readonly attempts: number;
  /** As it was heard; null where none is kept, or none yet. */
  readonly answer: unknown;
}

/** The outbox as features and the operations desk use it. */
export interface Outbox {
  /**
   * Puts a message into the caller's transaction: either the step and its messages exist, or neither does. The same message again is
   * the first one, whose id is returned. Errors: throws {@link KeyTaken} when another message has the key.
   */
  put(
    tx: Tx,
    message: Message,
    about: {
      readonly caseType: string | null;
      readonly caseId: string | null;
      readonly traceId: string;
      readonly dueAt?: Date;
    },
  ): Promise<string>;
  /** The messages about a case, oldest first. */
  ofCase(db: Db | Tx, caseType: string, caseId: string): Part<OutboxView>;
  /** The newest messages about a matter, newest first. */
  latestOf(db: Db | Tx, caseType: string, caseId: string, limit: number): Promise<readonly OutboxView[]>;
  /** Since when the oldest of such messages about a matter waits to be answered; undefined where none does. */
  waitingSince(
    db: Db | Tx,
    exchange: { readonly connector: string; readonly exchange: string },
    caseType: string,
    caseId: string,
  ): Promise<Date | undefined>;
  /** How it stands with these, in no order. */
  outcomesOf(db: Db, ids: readonly string[]): Promise<readonly OutboxOutcome[]>;
  figures(db: Db): Promise<readonly QueueFigures[]>;
  /** Given-up messages of all cases, oldest first, for the person who looks after them. */
  listGivenUp(
    db: Db,
    limit: number,
  ): Promise<readonly (OutboxView & { readonly caseType: string | null; readonly caseId: string | null })[]>;
  /** Lets a given-up message be carried again, or a waiting one at once. False when it is settled, under way or unknown. */
  retryNow(tx: Tx, id: string): Promise<boolean>;
}

/** Where a sealed body or answer belongs; sealed texts cannot be moved between rows. */
export const outboxPlace = (id: string, column: 'body' | 'answer'): string => `kernel.outbox:${id}:${column}`;

const viewColumns = [
  'id',
  'connector',
  'exchange',
  'idem_key',
  'status',
  'attempts',
  'due_at',
  'last_outcome',
  'last_error',
  'created_at',
  'answered_at',
  'case_type',
  'case_id',
] as const;

type ViewRow = Pick<OutboxTables['kernel.outbox'], (typeof viewColumns)[number]>;

const viewOf = (row: ViewRow, connectors: readonly Connector[]) => ({
  id: row.id,
  direction: 'out' as const,
  connector: row.connector,
  exchange: row.exchange,
  title: exchangeOf(connectors, row.connector, row.exchange).title,
  key: row.idem_key,
  status: row.status,
  attempts: row.attempts,
  nextAttemptAt: row.status === 'due' || row.status === 'leased' ? row.due_at : null,
  lastOutcome: row.last_outcome,
  lastError: row.last_error,
  createdAt: row.created_at,
  answeredAt: row.answered_at,
  caseType: row.case_type,
  caseId: row.case_id,
});

const putRow = async (tx: Tx, row: OutboxTables['kernel.outbox']): Promise<string> => {
  if (await insertIfAbsent(tx, 'kernel.outbox', { ...row })) return row.id;
  const first = await tx
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .select(['id', 'body_digest'])
    .where('connector', '=', row.connector)
    .where('exchange', '=', row.exchange)
    .where('idem_key', '=', row.idem_key)
    .executeTakeFirst();
  if (first?.body_digest !== row.body_digest) {
    throw new KeyTaken(`another ${row.connector}.${row.exchange} message has the key ${row.idem_key}`);
  }
  return first.id;
};

const figuresOf = async (db: Db, now: Date): Promise<readonly QueueFigures[]> => {
  const rows = await db
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .select(({ fn }) => ['connector', 'status', fn.countAll<string>().as('count'), fn.min('created_at').as('oldest')])
    .where('status', 'in', ['due', 'leased', 'given-up'])
    .groupBy(['connector', 'status'])
    .execute();
  const of = (connector: string): QueueFigures => {
    const waiting = rows.filter((row) => row.connector === connector && row.status !== 'given-up');
    const oldest = Math.min(...waiting.map((row) => row.oldest?.getTime() ?? now.getTime()), now.getTime());
    const givenUp = rows.find((row) => row.connector === connector && row.status === 'given-up');
    return {
      connector,
      waiting: waiting.reduce((sum, row) => sum + Number(row.count), 0),
      oldestSeconds: Math.floor((now.getTime() - oldest) / 1000),
      givenUp: Number(givenUp?.count ?? 0),
    };
  };
  return [...new Set(rows.map(({ connector }) => connector))].sort().map(of);
};

/** The outbox over its table. Messages go out when the relay is nudged after the commit, or within its next second. */
export const outboxOf = (options: {
  readonly connectors: readonly Connector[];
  readonly crypto: Crypto;
  readonly clock: Clock;
}): Outbox => {
  const { connectors, crypto, clock } = options;
  const opened = async (id: string, answer: string | null): Promise<unknown> =>
    answer === null
      ? null
      : JSON.parse(Buffer.from(await crypto.open('exchange', answer, outboxPlace(id, 'answer'))).toString('utf8'));
  const views = (db: Db | Tx) => db.withTables<OutboxTables>().selectFrom('kernel.outbox').select(viewColumns);
  return {
    put: async (tx, message, about) => {
      exchangeOf(connectors, message.connector, message.exchange);
      const now = clock.now();
      const id = uuidv7(now);
      return putRow(tx, {
        id,
        connector: message.connector,
        exchange: message.exchange,
        recipient: message.recipient,
        idem_key: message.key,
        body: await crypto.seal('exchange', Buffer.from(message.body, 'utf8'), outboxPlace(id, 'body')),
        body_digest: sm3Hex(message.body),
        case_type: about.caseType,
        case_id: about.caseId,
        status: 'due',
        attempts: 0,
        failures: 0,
        due_at: about.dueAt ?? now,
        leased_until: null,
        lease_owner: null,
        last_outcome: null,
        last_error: null,
        answer: null,
        answered_at: null,
        created_at: now,
        trace_id: about.traceId,
      });
    },
    ofCase: (db, caseType, caseId) =>
      partOf(
        views(db).where('case_type', '=', caseType).where('case_id', '=', caseId).orderBy('created_at').orderBy('id'),
        { due_at: 'time', created_at: 'time', answered_at: 'time' },
        (row) => viewOf(row, connectors),
      ),
    latestOf: async (db, caseType, caseId, limit) => {
      const rows = await views(db)
        .where('case_type', '=', caseType)
        .where('case_id', '=', caseId)
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => viewOf(row, connectors));
    },
    waitingSince: async (db, { connector, exchange }, caseType, caseId) => {
      const row = await db
        .withTables<OutboxTables>()
        .selectFrom('kernel.outbox')
        .select('created_at')
        .where('case_type', '=', caseType)
        .where('case_id', '=', caseId)
        .where('connector', '=', connector)
        .where('exchange', '=', exchange)
        .where('status', 'in', ['due', 'leased'])
        .orderBy('created_at')
        .limit(1)
        .executeTakeFirst();
      return row?.created_at;
    },
    outcomesOf: async (db, ids) => {
      const rows = await db
        .withTables<OutboxTables>()
        .selectFrom('kernel.outbox')
        .select(['id', 'status', 'attempts', 'answer'])
        .where('id', 'in', [...ids])
        .execute();
      return Promise.all(rows.map(async ({ answer, ...row }) => ({ ...row, answer: await opened(row.id, answer) })));
    },
    figures: (db) => figuresOf(db, clock.now()),
    listGivenUp: async (db, limit) => {
      const rows = await views(db).where('status', '=', 'given-up').orderBy('created_at').limit(limit).execute();
      return rows.map((row) => viewOf(row, connectors));
    },
    retryNow: async (tx, id) => {
      const result = await tx
        .withTables<OutboxTables>()
        .updateTable('kernel.outbox')
        .set({ status: 'due', due_at: clock.now(), failures: 0 })
        .where('id', '=', id)
        .where('status', 'in', ['given-up', 'due'])
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
};
