import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { AnswerHandler } from './answer-handler.ts';
import type { OnCrossing } from './crossing.ts';
import { holdLease, settleMessage, type UnreadableMessage } from './outbox-lease.store.ts';

/** The body of a message that stands in the outbox cannot be opened: altered, moved, or sealed under a key that is gone. */
export class MessageUnreadable extends Error {}

/** What setting aside works with. */
export interface SetAsideParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly handlers: Readonly<Record<string, AnswerHandler>>;
  readonly onCrossing: OnCrossing;
  readonly onFailure: (error: unknown, message: UnreadableMessage) => void;
}

/**
 * Sets a message aside that cannot be opened: it was not sent, waiting does not mend it, and those behind it go on. Whoever asked is told as of a message that was given up; a person who has
 * restored it may have it carried again.
 */
export const setAside = async (
  { db, clock, handlers, onCrossing, onFailure }: SetAsideParts,
  owner: string,
  message: UnreadableMessage,
): Promise<void> => {
  const { id, connector, exchange, key, caseType, caseId, traceId, bodyDigest } = message;
  const detail = 'the message cannot be opened';
  onFailure(new MessageUnreadable(`${connector}.${exchange} ${id} cannot be opened`), message);
  await inTransaction(db, async (tx) => {
    if (!(await holdLease(tx, owner, id))) return;
    const carried = { id, exchange, key, request: null, caseType, caseId, attempts: message.attempts + 1, traceId };
    await handlers[`${connector}.${exchange}`]?.givenUp(tx, carried);
    const ended = { answer: null, answeredAt: null, failures: message.failures + 1, dueAt: null, forget: false };
    await settleMessage(tx, id, { ...ended, status: 'given-up', outcome: 'unreadable', note: detail });
    await onCrossing(tx, {
      at: clock.now(),
      direction: 'out',
      connector,
      exchange,
      key,
      outcome: 'unreadable',
      detail,
      requestDigest: bodyDigest,
      answerDigest: null,
      milliseconds: 0,
      gaveUp: true,
      caseType,
      caseId,
      traceId,
    });
  });
};
