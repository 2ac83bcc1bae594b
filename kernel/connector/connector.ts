import type { z } from 'zod';
import type { Source } from '#kernel/source/source.ts';

/** One message to (`out`) or from (`in`) an outside system, and the promise that goes with it. */
export interface Exchange<Req extends z.ZodType = z.ZodType, Res extends z.ZodType = z.ZodType> {
  readonly title: string;
  readonly source: Source;
  readonly direction: 'out' | 'in';
  /** `read` changes nothing over there and may be asked anew; `write` happens once per key. */
  readonly effect: 'read' | 'write';
  readonly request: Req;
  readonly response: Res;
  /** Same key, same effect: a repeat is answered from the first result. At most 200 characters. */
  key(request: z.output<Req>): string;
  /** Who of many behind one connector gets it; left out where a connector is one system. Messages to one never wait for another. */
  recipient?(request: z.output<Req>): string;
  readonly timeoutSeconds: number;
  /** Dotted paths of text fields that travel SM4-sealed: `owner.identityNo`. */
  readonly sealedFields?: readonly string[];
  /** The same of the answer. */
  readonly sealedAnswer?: readonly string[];
  /** The request is erased once answered; its digest stays. For what may be asked but not kept. */
  readonly forgetsRequest?: true;
}

/** An outside system and everything said to it or heard from it. */
export interface Connector<
  Id extends string = string,
  X extends Readonly<Record<string, Exchange>> = Readonly<Record<string, Exchange>>,
> {
  readonly id: Id;
  readonly title: string;
  readonly source: Source;
  readonly exchanges: X;
}

/** Declares an exchange; the value is frozen. */
export const exchange = <Req extends z.ZodType, Res extends z.ZodType>(
  definition: Exchange<Req, Res>,
): Exchange<Req, Res> => Object.freeze(definition);

/** Declares a connector; the value is frozen. */
export const connector = <const Id extends string, const X extends Readonly<Record<string, Exchange>>>(
  definition: Connector<Id, X>,
): Connector<Id, X> => Object.freeze(definition);

/** What a caller may pass as the request of an exchange. */
export type RequestOf<X> = X extends Exchange<infer Req, infer _Res> ? z.input<Req> : never;

/** The request of an exchange as parsed. */
export type ParsedRequestOf<X> = X extends Exchange<infer Req, infer _Res> ? z.output<Req> : never;

/** The answer of an exchange as parsed. */
export type ResponseOf<X> = X extends Exchange<infer _Req, infer Res> ? z.output<Res> : never;

/** The exchanges of a connector by name. */
export type ExchangesOf<C> = C extends Connector<infer _Id, infer X> ? X : never;

/**
 * What carrying a message came to.
 *
 * `refused` is a business answer and never retried. `unknown` ran out of time after the message may have arrived: it may have been
 * done, so it is retried under the same key and never read as a no. `unreachable` certainly was not done; `garbled` broke its
 * schema or its signature; `throttled` asks for patience.
 */
export type Delivery<T> =
  | { readonly outcome: 'delivered'; readonly answer: T }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
  | { readonly outcome: 'unknown' | 'unreachable' | 'garbled'; readonly detail: string }
  | { readonly outcome: 'throttled'; readonly detail: string; readonly retryAfterSeconds: number };

/** The names of a delivery's outcomes. */
export type Outcome = Delivery<unknown>['outcome'];

/** How bytes travel to one system. Schemas, keys, retries, logs and audit are the kernel's; a wire only carries. */
export interface Wire {
  /** Never throws for what the other side or the network does: that is a {@link Delivery}. */
  carry(message: {
    readonly exchange: string;
    /** JSON text; the same text on every retry. */
    readonly body: string;
    readonly key: string;
    /** Empty where the connector is one system. */
    readonly recipient: string;
    readonly sealedFields: readonly string[];
    readonly sealedAnswer?: readonly string[] | undefined;
    readonly timeoutSeconds: number;
    readonly traceId: string;
    readonly signal: AbortSignal;
  }): Promise<Delivery<unknown>>;
}

/** A message ready for the outbox. `body` is the parsed request as JSON text. */
export interface Message {
  readonly connector: string;
  readonly exchange: string;
  readonly key: string;
  /** Empty where the connector is one system. */
  readonly recipient: string;
  readonly body: string;
}

/** Finds an exchange by names as they stand in data. Errors: throws on an unknown name, which is a defect of data or code. */
export const exchangeOf = (connectors: readonly Connector[], connectorId: string, exchangeName: string): Exchange => {
  const exchanges = connectors.find(({ id }) => id === connectorId)?.exchanges;
  const found = exchanges && Object.hasOwn(exchanges, exchangeName) ? exchanges[exchangeName] : undefined;
  if (!found) throw new Error(`no exchange ${connectorId}.${exchangeName}`);
  return found;
};

/**
 * A message to an outside system, checked against the exchange's schema.
 *
 * Errors: throws a ZodError when the request does not fit, and an Error when the exchange is not outbound; both are defects of the
 * caller, so the step that wanted to send is rolled back.
 */
export const messageTo = <C extends Connector, K extends keyof ExchangesOf<C> & string>(
  to: C,
  exchangeName: K,
  request: RequestOf<ExchangesOf<C>[K]>,
): Message => {
  const found = exchangeOf([to], to.id, exchangeName);
  if (found.direction !== 'out') throw new Error(`${to.id}.${exchangeName} is not outbound`);
  const parsed: unknown = found.request.parse(request);
  const key = found.key(parsed);
  if (key.length === 0 || key.length > 200) throw new Error(`${to.id}.${exchangeName}: a key has 1 to 200 characters`);
  const recipient = found.recipient?.(parsed) ?? '';
  return { connector: to.id, exchange: exchangeName, key, recipient, body: JSON.stringify(parsed) };
};
