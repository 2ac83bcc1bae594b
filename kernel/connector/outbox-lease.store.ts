import { sql } from 'kysely';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { skipLocked } from '#kernel/db/dialect/postgres.ts';
import { outboxPlace } from './outbox.store.ts';
import type { LastOutcome, OutboxTables } from './outbox.table.ts';

/** A message a relay has taken to carry, its body opened. */
export interface LeasedMessage {
  readonly id: string;
  readonly connector: string;
  readonly exchange: string;
  readonly recipient: string;
  readonly key: string;
  readonly body: string;
  /** An answer that was heard and could not be taken yet, sealed as it was kept; null where none was. */
  readonly keptAnswer: string | null;
  readonly bodyDigest: string;
  readonly caseType: string | null;
  readonly caseId: string | null;
  /** How often it was carried before. */
  readonly attempts: number;
  readonly failures: number;
  readonly traceId: string;
}

/** A leased message whose body cannot be opened: damaged at rest, or sealed under a key that is gone. */
export type UnreadableMessage = Omit<LeasedMessage, 'body' | 'keptAnswer'>;

/** Who leases, and until when a lease holds. */
export interface Lease {
  readonly owner: string;
  readonly now: Date;
  readonly until: Date;
}

/** The body of a message; undefined for one that was altered, moved, or sealed under a key that is gone. */
const openBody = async (crypto: Crypto, id: string, sealed: string): Promise<string | undefined> => {
  try {
    return Buffer.from(await crypto.open('exchange', sealed, outboxPlace(id, 'body'))).toString('utf8');
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
};

const dueFor = (db: Db, connector: string, now: Date) =>
  db
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .where('connector', '=', connector)
    .where('status', 'in', ['due', 'leased'])
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('status', '=', 'due'), eb('leased_until', '<', now)]));

/** Which of these connectors have messages that are due: one statement, which looks at one row for each. */
export const connectorsDue = async (db: Db, connectors: readonly string[], now: Date): Promise<readonly string[]> => {
  if (connectors.length === 0) return [];
  const looks = connectors.map(
    (id) => sql`select ${id}::text as id where exists (${dueFor(db, id, now).select('id').limit(1)})`,
  );
  const { rows } = await sql<{ id: string }>`${sql.join(looks, sql` union all `)}`.execute(db);
  return rows.map(({ id }) => id);
};

/**
 * Takes up to `limit` messages of a connector that are due, the longest waiting first, and those whose relay died with them; none to recipients that are
 * `passedOver`. Rows another relay is taking are passed over. A damaged one is told apart, so that it holds up nobody. Errors: throws when the keeper of keys does not answer.
 */
export const leaseMessages = async (
  db: Db,
  crypto: Crypto,
  connector: string,
  limit: number,
  lease: Lease,
  passedOver: readonly string[] = [],
): Promise<readonly (LeasedMessage | UnreadableMessage)[]> => {
  const rows = await db
    .withTables<OutboxTables>()
    .with(
      // Materialised: looked up once, so that no more are locked than taken.
      (cte) => cte('taken').materialized(),
      () =>
        dueFor(db, connector, lease.now)
          .$if(passedOver.length > 0, (query) => query.where('recipient', 'not in', [...passedOver]))
          .select('id')
          .orderBy('due_at')
          .limit(limit)
          .modifyEnd(skipLocked),
    )
    .updateTable('kernel.outbox')
    .set({ status: 'leased', leased_until: lease.until, lease_owner: lease.owner })
    .where('id', 'in', (eb) => eb.selectFrom('taken').select('taken.id'))
    .returningAll()
    .execute();
  rows.sort((a, b) => a.due_at.getTime() - b.due_at.getTime());
  return Promise.all(
    rows.map(async (row) => {
      const message: UnreadableMessage = {
        id: row.id,
        connector: row.connector,
        exchange: row.exchange,
        recipient: row.recipient,
        key: row.idem_key,
        bodyDigest: row.body_digest,
        caseType: row.case_type,
        caseId: row.case_id,
        attempts: row.attempts,
        failures: row.failures,
        traceId: row.trace_id,
      };
      // Only answered messages forget their body, and those are never leased.
      const body = await openBody(crypto, row.id, row.body ?? '');
      return body === undefined ? message : { ...message, body, keptAnswer: row.answer };
    }),
  );
};

/** Gives messages back unharmed, for example when the circuit opened before they were carried. */
export const releaseMessages = async (db: Db, owner: string, ids: readonly string[], dueAt: Date): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .withTables<OutboxTables>()
    .updateTable('kernel.outbox')
    .set({ status: 'due', due_at: dueAt, leased_until: null, lease_owner: null })
    .where('id', 'in', [...ids])
    .where('lease_owner', '=', owner)
    .where('status', '=', 'leased')
    .execute();
};

/** Locks a leased message for settling; false when the lease was lost to another relay, who then settles it. */
export const holdLease = async (tx: Tx, owner: string, id: string): Promise<boolean> => {
  const row = await tx
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .select('id')
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .where('status', '=', 'leased')
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
};

/** What a carried message came to, as kept. `answer` is sealed already; `forget` erases the body. */
export interface Settlement {
  readonly status: 'answered' | 'refused' | 'given-up' | 'due';
  readonly outcome: LastOutcome;
  readonly note: string | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly failures: number;
  readonly dueAt: Date | null;
  readonly forget: boolean;
}

/** Settles a message whose lease is held. */
export const settleMessage = async (tx: Tx, id: string, settlement: Settlement): Promise<void> => {
  await tx
    .withTables<OutboxTables>()
    .updateTable('kernel.outbox')
    .set((eb) => ({
      status: settlement.status,
      attempts: eb('attempts', '+', 1),
      failures: settlement.failures,
      last_outcome: settlement.outcome,
      last_error: settlement.note?.slice(0, 240) ?? null,
      leased_until: null,
      lease_owner: null,
      answer: settlement.answer,
      answered_at: settlement.answeredAt,
      ...(settlement.dueAt ? { due_at: settlement.dueAt } : {}),
      ...(settlement.forget ? { body: null } : {}),
    }))
    .where('id', '=', id)
    .execute();
};
