import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import type { LastOutcome, OutboxStatus, OutboxTables } from './outbox.table.ts';

/** No more messages than this are counted: whoever reads "10,000" knows that there are too many. */
export const mostCounted = 10_000;

/** How the messages to one outside system stand. Counts end at {@link mostCounted}. */
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

const messagesOf = (tx: Tx, connector: string, statuses: readonly OutboxStatus[]) =>
  tx
    .withTables<OutboxTables>()
    .selectFrom('kernel.outbox')
    .where('connector', '=', connector)
    .where('status', 'in', statuses);

const counted = async (tx: Tx, some: ReturnType<typeof messagesOf>): Promise<number> => {
  const few = some.select('id').limit(mostCounted).as('few');
  const { n } = await tx
    .selectFrom(few)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
};

const standingOf = (db: Db, connector: string, now: Date): Promise<QueueStanding> =>
  inTransaction(db, async (tx) => {
    const waiting = messagesOf(tx, connector, ['due', 'leased']);
    const [due, later, retrying, givenUp, oldest, faulty] = await Promise.all([
      counted(tx, waiting.where('due_at', '<=', now)),
      counted(tx, waiting.where('due_at', '>', now)),
      counted(tx, waiting.where('failures', '>', 0)),
      counted(tx, messagesOf(tx, connector, ['given-up'])),
      waiting.select('due_at').where('due_at', '<=', now).orderBy('due_at').limit(1).executeTakeFirst(),
      waiting
        .select(['exchange', 'last_outcome', 'last_error'])
        .where('failures', '>', 0)
        .orderBy('due_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ]);
    return {
      connector,
      due,
      later,
      retrying,
      givenUp,
      dueSince: oldest?.due_at ?? null,
      fault: faulty && { exchange: faulty.exchange, outcome: faulty.last_outcome, words: faulty.last_error },
    };
  });

/** How the queues stand now, one for each outside system. */
export const queueStandings = (db: Db, connectors: readonly string[], now: Date): Promise<readonly QueueStanding[]> =>
  Promise.all(connectors.map((id) => standingOf(db, id, now)));
