import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import {
  type Connector,
  type Delivery,
  type ExchangesOf,
  messageTo,
  type RequestOf,
  type ResponseOf,
  type Wire,
} from './connector.ts';
import { carry } from './courier.ts';
import { carriedFact, type OnCrossing } from './crossing.ts';

/**
 * Asks an outside system while somebody waits for the answer, as in a sign-in. Nothing is kept and nothing tried again: whoever waits asks once more. Everything
 * that can wait goes by the outbox.
 */
export interface Asking {
  ask<C extends Connector, K extends keyof ExchangesOf<C> & string>(
    to: C,
    exchange: K,
    request: RequestOf<ExchangesOf<C>[K]>,
    traceId: string,
  ): Promise<Delivery<ResponseOf<ExchangesOf<C>[K]>>>;
}

/** Asking over the wires as they are when somebody asks; before there are any, nobody is reached. */
export const askingOver = (parts: {
  readonly db: Db;
  readonly clock: Clock;
  readonly wireOf: (connector: string) => Wire | undefined;
  readonly onCrossing: OnCrossing;
}): Asking => ({
  ask: async (to, exchange, request, traceId) => {
    const { db, clock, wireOf, onCrossing } = parts;
    const message = messageTo(to, exchange, request);
    const wire = wireOf(to.id);
    const began = clock.now();
    const delivery: Delivery<unknown> = wire
      ? await carry(to, wire, { ...message, traceId }, new AbortController().signal)
      : { outcome: 'unreachable', detail: 'no wire yet' };
    const at = clock.now();
    const told = {
      at,
      connector: to.id,
      exchange,
      key: message.key,
      requestDigest: sm3Hex(message.body),
      milliseconds: at.getTime() - began.getTime(),
      caseType: null,
      caseId: null,
      traceId,
    };
    await inTransaction(db, (tx) => onCrossing(tx, carriedFact(told, delivery)));
    // Parsed by the exchange's response schema on its way.
    return delivery as Delivery<ResponseOf<ExchangesOf<typeof to>[typeof exchange]>>;
  },
});
