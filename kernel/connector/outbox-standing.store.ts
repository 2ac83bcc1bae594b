import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { LastOutcome, OutboxStatus, OutboxTables } from './outbox.table.ts';

/** No more messages than this are looked at: whoever reads "10,000" knows that there are too many. */
export const mostCounted = 10_000;

/** How the messages to one outside system stand: of those waiting, the {@link mostCounted} that are due first. */
export interface QueueStanding {
  readonly connector: string;
  /** Should have been carried by now, or are under way. */
  readonly due: number;
  /** Wait for their time: asked again later, or tried again after a failure. */
  readonly later: number;
  /** Of those waiting, the ones that have failed before. */
  readonly retrying: number;
  /** Tried as often as allowed: a person must look. */
  readonly givenUp: number;
  /** Since when the oldest of those due has been so. */
  readonly dueSince: Date | null;
  /** What happened to the message that failed and waits longest yet. */
  readonly fault:
    | { readonly exchange: string; readonly outcome: LastOutcome | null; readonly words: string | null }
    | undefined;
}

/** Some messages in the order of the index that finds them, never more than are counted. */
const some = (tx: Tx, connector: string, status: OutboxStatus) =>
  tx
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .select(['due_at', 'failures', 'exchange', 'last_outcome', 'last_error'])
    .where('connector', '=', connector)
    .where('status', '=', status)
    .orderBy('due_at')
    .limit(mostCounted)
    .as('some');

const counted = async (tx: Tx, connector: string, status: OutboxStatus): Promise<number> => {
  const { n } = await tx
    .selectFrom(some(tx, connector, status))
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
};

const waitingOf = (tx: Tx, connector: string, now: Date) =>
  tx
    .selectFrom(some(tx, connector, 'due'))
    .select(({ fn, eb }) => [
      fn.countAll<string>().as('all'),
      fn.sum<string | null>(eb.case().when('due_at', '<=', now).then(1).else(0).end()).as('due'),
      fn.sum<string | null>(eb.case().when('failures', '>', 0).then(1).else(0).end()).as('retrying'),
      fn.min('due_at').as('first'),
    ])
    .executeTakeFirstOrThrow();

const faultOf = (tx: Tx, connector: string) =>
  tx
    .selectFrom(some(tx, connector, 'due'))
    .select(['exchange', 'last_outcome', 'last_error'])
    .where('failures', '>', 0)
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst();

const standingOf = (db: Db, connector: string, now: Date): Promise<QueueStanding> =>
  inTransaction(db, async (tx) => {
    const [waiting, leased, givenUp, faulty] = await Promise.all([
      waitingOf(tx, connector, now),
      counted(tx, connector, 'leased'),
      counted(tx, connector, 'given-up'),
      faultOf(tx, connector),
    ]);
    const due = Number(waiting.due ?? 0);
    return {
      connector,
      due: due + leased,
      later: Number(waiting.all) - due,
      retrying: Number(waiting.retrying ?? 0),
      givenUp,
      dueSince: due > 0 ? waiting.first : null,
      fault: faulty && { exchange: faulty.exchange, outcome: faulty.last_outcome, words: faulty.last_error },
    };
  });

/** How the queues stand now, one for each outside system. */
export const queueStandings = (db: Db, connectors: readonly string[], now: Date): Promise<readonly QueueStanding[]> =>
  Promise.all(connectors.map((id) => standingOf(db, id, now)));
