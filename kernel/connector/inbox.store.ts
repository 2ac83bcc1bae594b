import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { type Part, partOf } from '#kernel/db/parts.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Connector, exchangeOf } from './connector.ts';
import { nonceSeconds } from './signed-text.ts';

/** What became of a message from outside: it took effect, or the business turned it down. Both are final. */
export type InboxStatus = 'applied' | 'refused';

type Tables = {
  'kernel.inbox': {
    id: string;
    connector: string;
    exchange: string;
    idem_key: string;
    /** Sealed: it may hold personal data. Null once it has been kept long enough. */
    body: string | null;
    body_digest: string;
    case_type: string | null;
    case_id: string | null;
    status: InboxStatus;
    code: string;
    message: string;
    received_at: Date;
    trace_id: string;
  };
  'kernel.inbound_nonce': { app_id: string; nonce: string; seen_at: Date };
};

/** A message about a case as its page shows it. */
export interface InboxView {
  readonly id: string;
  readonly connector: string;
  readonly title: string;
  readonly status: InboxStatus;
  readonly message: string;
  readonly receivedAt: Date;
}

/** What the first arrival of a message came to; repeats are answered with it. */
export interface FirstArrival {
  readonly code: string;
  readonly message: string;
  readonly bodyDigest: string;
}

/** A message and what it came to, to be kept. `body` is the JSON text as it was received. */
export interface Arrival {
  readonly connector: string;
  readonly exchange: string;
  readonly key: string;
  readonly body: string;
  readonly status: InboxStatus;
  readonly code: string;
  readonly message: string;
  readonly caseType: string | null;
  readonly caseId: string | null;
  readonly traceId: string;
}

/** Messages from outside as kept. */
export interface Inbox {
  /** False when this application has used the nonce within the last ten minutes. */
  takeNonce(db: Db, appId: string, nonce: string): Promise<boolean>;
  findFirst(db: Db | Tx, connector: string, exchange: string, key: string): Promise<FirstArrival | undefined>;
  /** False when the key is taken: the same message came in twice at once, and the other one stands. */
  keep(tx: Tx, arrival: Arrival): Promise<boolean>;
  /** The messages that came in about a case, oldest first. */
  ofCase(db: Db | Tx, caseType: string, caseId: string): Part<InboxView>;
}

/**
 * Longer than a nonce may not come again, so that it is still there when a clock that had gone ahead by up to three hours is put back: what came before would be in time once
 * more. After a longer leap it can be sent once more within its old time; what was kept under its key is still not done twice.
 */
const nonceKeptMs = (nonceSeconds + 3 * 3_600) * 1000;

/** Where the body of a received message is sealed to. */
export const inboxPlace = (id: string): string => `kernel.inbox:${id}:body`;

/** The inbox over its tables. */
export const inboxOf = (options: {
  readonly connectors: readonly Connector[];
  readonly crypto: Crypto;
  readonly clock: Clock;
}): Inbox => {
  const { connectors, crypto, clock } = options;
  return {
    takeNonce: async (db, appId, nonce) => {
      const now = clock.now();
      const before = new Date(now.getTime() - nonceKeptMs);
      const tables = db.withTables<Tables>();
      await tables.deleteFrom('kernel.inbound_nonce').where('seen_at', '<', before).execute();
      return insertIfAbsent(db, 'kernel.inbound_nonce', { app_id: appId, nonce, seen_at: now });
    },
    findFirst: async (db, connector, exchange, key) => {
      const row = await db
        .withTables<Tables>()
        .selectFrom('kernel.inbox')
        .select(['code', 'message', 'body_digest'])
        .where('connector', '=', connector)
        .where('exchange', '=', exchange)
        .where('idem_key', '=', key)
        .executeTakeFirst();
      return row && { code: row.code, message: row.message, bodyDigest: row.body_digest };
    },
    keep: async (tx, arrival) => {
      const now = clock.now();
      const id = uuidv7(now);
      return insertIfAbsent(tx, 'kernel.inbox', {
        id,
        connector: arrival.connector,
        exchange: arrival.exchange,
        idem_key: arrival.key,
        body: await crypto.seal('exchange', Buffer.from(arrival.body, 'utf8'), inboxPlace(id)),
        body_digest: sm3Hex(arrival.body),
        case_type: arrival.caseType,
        case_id: arrival.caseId,
        status: arrival.status,
        code: arrival.code,
        message: arrival.message.slice(0, 240),
        received_at: now,
        trace_id: arrival.traceId,
      });
    },
    ofCase: (db, caseType, caseId) =>
      partOf(
        db
          .withTables<Tables>()
          .selectFrom('kernel.inbox')
          .select(['id', 'connector', 'exchange', 'status', 'message', 'received_at'])
          .where('case_type', '=', caseType)
          .where('case_id', '=', caseId)
          .orderBy('received_at'),
        { received_at: 'time' },
        ({ id, connector, exchange, status, message, received_at }) => ({
          id,
          connector,
          title: exchangeOf(connectors, connector, exchange).title,
          status,
          message,
          receivedAt: received_at,
        }),
      ),
  };
};
