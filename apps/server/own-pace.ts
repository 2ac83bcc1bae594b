import type { FastifyRateLimitStore } from '@fastify/rate-limit';

/** Clients that are counted at once; whoever was longest not there is forgotten first. */
const mostClients = 5_000;

interface Counted {
  readonly since: number;
  count: number;
}

/** How often each client has asked this process in the running minute, by a clock that nobody puts back: else its minute would not end before the clock has caught up. */
export class OwnPace implements FastifyRateLimitStore {
  readonly #clients = new Map<string, Counted>();
  readonly #now: () => number;

  constructor(_options?: object, now: () => number = () => performance.now()) {
    this.#now = now;
  }

  incr(
    client: string,
    told: (error: Error | null, result?: { current: number; ttl: number }) => void,
    windowMs: number,
  ): void {
    const now = this.#now();
    const before = this.#clients.get(client);
    const one = before && now - before.since < windowMs ? before : { since: now, count: 0 };
    one.count += 1;
    this.#clients.delete(client);
    this.#clients.set(client, one);
    if (this.#clients.size > mostClients) this.#clients.delete(this.#clients.keys().next().value ?? client);
    told(null, { current: one.count, ttl: windowMs - (now - one.since) });
  }

  /** Routes are counted together; what tells them apart is in the client's key. */
  child(): this {
    return this;
  }
}
