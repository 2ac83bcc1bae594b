import { randomUUID } from 'node:crypto';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { asSpan, type Tracing } from '#kernel/telemetry/span.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { AnswerHandler, CarriedMessage } from './answer-handler.ts';
import { type Circuit, type Pauses, standardPauses } from './breaker.ts';
import { type Connector, type Delivery, exchangeOf, type Wire } from './connector.ts';
import { carry } from './courier.ts';
import { type CrossingFact, carriedFact, type OnCrossing, reasonOf } from './crossing.ts';
import { outboxPlace } from './outbox.store.ts';
import {
  holdLease,
  type LeasedMessage,
  leaseMessages,
  releaseMessages,
  type Settlement,
  settleMessage,
} from './outbox-lease.store.ts';
import { type RetryPolicy, standardRetry } from './retry.ts';
import { type Rooms, roomsOf } from './rooms.ts';
import { setAside } from './set-aside.ts';
import { wakerOf } from './waker.ts';

/** What the relay works with. */
export interface RelayParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly connectors: readonly Connector[];
  /** The wire of each connector by id. */
  readonly wires: Readonly<Record<string, Wire>>;
  /** Handlers by `connector.exchange`. */
  readonly handlers: Readonly<Record<string, AnswerHandler>>;
  readonly onCrossing: OnCrossing;
  /** Told of defects: a handler that threw, a database that did not answer. */
  readonly onFailure: (
    error: unknown,
    message?: { readonly connector: string; readonly exchange: string; readonly id: string },
  ) => void;
  /** Traces of messages; none unless given. */
  readonly tracing?: Tracing | undefined;
  readonly retry?: RetryPolicy;
  readonly pauses?: Pauses;
  /** How many messages are under way to one system at once. */
  readonly concurrency?: number;
}

/** Carries what stands in the outbox. Any number of relays may run on one database. */
export interface Relay {
  /** Looks at once instead of within the next second. */
  nudge(): void;
  /** Whether messages go to each system, as this relay knows it, by connector. */
  circuits(): Readonly<Record<string, Circuit>>;
  /** Resolves once everything that is due now has been carried and settled. */
  settled(): Promise<void>;
  /** Stops taking messages, lets those under way end, and resolves. */
  stop(): Promise<void>;
}

const idleMs = 1_000;
const leaseMarginMs = 15_000;

/** Carries the messages of one connector, several at a time, the circuit permitting. */
class Lane {
  readonly #parts: RelayParts;
  readonly #connector: Connector;
  readonly #wire: Wire;
  readonly #owner: string;
  readonly #rooms: Rooms;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #wake: (() => void) | undefined;
  #nudged = false;
  #passesOver = false;
  #waiting: (() => void)[] = [];
  /** How many messages this lane has carried. */
  carried = 0;
  readonly #running: Promise<void>;

  constructor(parts: RelayParts, connector: Connector, wire: Wire) {
    this.#parts = parts;
    this.#connector = connector;
    this.#wire = wire;
    this.#owner = `${connector.id}:${randomUUID()}`;
    const many = Object.values(connector.exchanges).some(({ recipient }) => recipient !== undefined);
    this.#rooms = roomsOf(parts.pauses ?? standardPauses, parts.concurrency ?? 8, many);
    this.#running = this.#run();
  }

  get connectorId(): string {
    return this.#connector.id;
  }

  get circuit(): Circuit {
    return this.#rooms.circuit(this.#now());
  }

  nudge(): void {
    this.#nudged = true;
    this.#wake?.();
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.nudge();
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.nudge();
    await this.#running;
    await Promise.all(this.#underWay);
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }

  async #rest(): Promise<void> {
    if (this.#nudged) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idleMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#nudged = false;
      const waiting = [...this.#waiting];
      let taken = 0;
      try {
        taken = await this.#take();
      } catch (error) {
        this.#parts.onFailure(error);
      }
      if (taken === 0 && this.#underWay.size === 0) {
        // Nothing was due after they had asked.
        this.#waiting = this.#waiting.filter((one) => !waiting.includes(one));
        for (const resolve of waiting) resolve();
      }
      if (taken === 0 && waiting.length > 0 && this.#underWay.size > 0) await Promise.race(this.#underWay);
      else if (taken === 0) await this.#rest();
      else if (this.#rooms.room(this.#now()).limit <= 0) await Promise.race(this.#underWay);
    }
  }

  /** Leases what there is room for and starts carrying it; answers how many. */
  async #take(): Promise<number> {
    const { limit, passedOver } = this.#rooms.room(this.#now());
    this.#passesOver = passedOver.length > 0;
    if (limit <= 0) return 0;
    const { db, crypto, clock } = this.#parts;
    const now = clock.now();
    const longest = Math.max(...Object.values(this.#connector.exchanges).map(({ timeoutSeconds }) => timeoutSeconds));
    const until = new Date(now.getTime() + longest * 1000 + leaseMarginMs);
    const lease = { owner: this.#owner, now, until };
    const leased = await leaseMessages(db, crypto, this.#connector.id, limit, lease, passedOver);
    for (const message of leased) {
      this.#rooms.began(message.recipient);
      const work = 'body' in message ? this.#traced(message) : setAside(this.#parts, this.#owner, message);
      const one: Promise<void> = work
        .catch((error: unknown) => this.#parts.onFailure(error, message))
        .finally(() => {
          this.#rooms.ended(message.recipient);
          this.#underWay.delete(one);
          // What waits for this recipient was passed over.
          if (this.#passesOver) this.nudge();
        });
      this.#underWay.add(one);
    }
    return leased.length;
  }

  /** Under the trace of whatever put the message. */
  #traced(message: LeasedMessage): Promise<void> {
    const { connector, exchange, attempts, traceId } = message;
    const facts = { 'hushang.connector': connector, 'hushang.exchange': exchange, 'hushang.attempt': attempts + 1 };
    const span = this.#parts.tracing?.begin(traceId, `carry ${connector}.${exchange}`, 'internal', facts);
    return asSpan(span, () => this.#carry(message));
  }

  async #carry(message: LeasedMessage): Promise<void> {
    this.carried += 1;
    const kept = await this.#keptAnswer(message);
    if (kept) return this.#settle(message, kept);
    const startedAt = this.#now();
    const delivery = await carry(this.#connector, this.#wire, message, this.#stop.signal);
    const now = this.#now();
    if (this.#stop.signal.aborted && delivery.outcome === 'unknown') {
      // We hung up ourselves; the next relay asks again under the same key.
      await releaseMessages(this.#parts.db, this.#owner, [message.id], new Date(now));
      return;
    }
    const patience = delivery.outcome === 'throttled' ? delivery.retryAfterSeconds : 0;
    this.#rooms.heard(message.recipient, delivery.outcome, now, patience);
    const { connector, exchange, key, bodyDigest: requestDigest, caseType, caseId, traceId } = message;
    const crossing = carriedFact(
      {
        at: new Date(now),
        connector,
        exchange,
        key,
        requestDigest,
        milliseconds: now - startedAt,
        caseType,
        caseId,
        traceId,
      },
      delivery,
    );
    try {
      await this.#settle(message, delivery, crossing);
    } catch (error) {
      this.#parts.onFailure(error, message);
      await this.#settle(
        message,
        { outcome: 'failed', detail: reasonOf(error) },
        { ...crossing, outcome: 'failed', detail: reasonOf(error) },
      );
    }
  }

  /** The answer that was heard before; undefined where none is kept, or it was damaged since and must be asked for again. */
  async #keptAnswer({ id, keptAnswer }: LeasedMessage): Promise<Delivery<unknown> | undefined> {
    if (keptAnswer === null) return undefined;
    try {
      const text = await this.#parts.crypto.open('exchange', keptAnswer, outboxPlace(id, 'answer'));
      return { outcome: 'delivered', answer: JSON.parse(Buffer.from(text).toString('utf8')) };
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  /** `crossing` tells what went over the wire; nothing did when a kept answer is taken. */
  async #settle(message: LeasedMessage, delivery: Delivery<unknown> | Broken, crossing?: CrossingFact): Promise<void> {
    const { db, onCrossing } = this.#parts;
    await inTransaction(db, async (tx) => {
      // Another relay has it by now and will hear the same answer.
      if (!(await holdLease(tx, this.#owner, message.id))) return;
      const settlement = await this.#settlement(tx, message, delivery);
      await settleMessage(tx, message.id, settlement);
      if (crossing) await onCrossing(tx, settlement.status === 'given-up' ? { ...crossing, gaveUp: true } : crossing);
    });
  }

  async #settlement(tx: Tx, message: LeasedMessage, delivery: Delivery<unknown> | Broken): Promise<Settlement> {
    const { crypto, clock, retry = standardRetry, handlers } = this.#parts;
    const handler = handlers[`${message.connector}.${message.exchange}`];
    if (!handler) throw new Error(`no handler for ${message.connector}.${message.exchange}`);
    const now = clock.now();
    const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
    const carried = carriedOf(message);
    const forget = exchangeOf([this.#connector], message.connector, message.exchange).forgetsRequest === true;
    const ended = { answeredAt: now, failures: 0, dueAt: null, forget };
    if (delivery.outcome === 'delivered') {
      const next = await handler.answered(tx, carried, delivery.answer);
      const waits = {
        status: 'due',
        outcome: 'delivered',
        note: null,
        answeredAt: null,
        failures: 0,
        forget: false,
      } as const;
      if (next && 'askAgainInSeconds' in next) return { ...waits, answer: null, dueAt: later(next.askAgainInSeconds) };
      const text = Buffer.from(JSON.stringify(delivery.answer), 'utf8');
      const answer = await crypto.seal('exchange', text, outboxPlace(message.id, 'answer'));
      if (next && 'takeAgainInSeconds' in next) return { ...waits, answer, dueAt: later(next.takeAgainInSeconds) };
      return { ...ended, status: 'answered', outcome: 'delivered', note: next?.note ?? null, answer };
    }
    if (delivery.outcome === 'refused') {
      await handler.refused(tx, carried, delivery);
      return {
        ...ended,
        status: 'refused',
        outcome: 'refused',
        note: `${delivery.code} ${delivery.message}`.trim(),
        answer: null,
      };
    }
    if (delivery.outcome === 'throttled') {
      const dueAt = later(delivery.retryAfterSeconds);
      return {
        status: 'due',
        outcome: 'throttled',
        note: delivery.detail,
        answer: null,
        answeredAt: null,
        failures: message.failures,
        dueAt,
        forget: false,
      };
    }
    const failures = message.failures + 1;
    const wait = retry(failures);
    const failed = {
      outcome: delivery.outcome,
      note: delivery.detail,
      answer: null,
      answeredAt: null,
      failures,
      forget: false,
    };
    if (wait !== 'give-up') return { ...failed, status: 'due', dueAt: later(wait) };
    await handler.givenUp(tx, carried);
    return { ...failed, status: 'given-up', dueAt: null };
  }
}

/** Our own handler threw while settling: the answer will be heard again under the same key. */
interface Broken {
  readonly outcome: 'failed';
  readonly detail: string;
}

const carriedOf = (message: LeasedMessage): CarriedMessage => ({
  id: message.id,
  exchange: message.exchange,
  key: message.key,
  request: JSON.parse(message.body),
  caseType: message.caseType,
  caseId: message.caseId,
  attempts: message.attempts + 1,
  traceId: message.traceId,
});

/** Starts a relay over all connectors. Errors: throws when a connector with outbound exchanges has no wire. */
export const startRelay = (parts: RelayParts): Relay => {
  const lanes = parts.connectors.flatMap((connector) => {
    const wire = parts.wires[connector.id];
    if (!wire) throw new Error(`no wire to ${connector.id}`);
    return [new Lane(parts, connector, wire)];
  });
  const waker = wakerOf(parts, lanes);
  return {
    nudge: waker.nudge,
    circuits: () => Object.fromEntries(lanes.map((lane) => [lane.connectorId, lane.circuit])),
    settled: async () => {
      const carried = (): number => lanes.reduce((sum, lane) => sum + lane.carried, 0);
      // What one lane hears may put a message into another: only a round in which nothing moved is the end.
      for (let before = -1; before !== carried(); ) {
        before = carried();
        await Promise.all(lanes.map((lane) => lane.settled()));
      }
    },
    stop: async () => {
      await waker.stop();
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
};
