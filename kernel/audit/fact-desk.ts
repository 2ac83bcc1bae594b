import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type AuditFact, aboutOf } from './fact.ts';
import { appendFacts } from './trail.store.ts';

/** Takes facts that belong to no transaction of their own: reads, refusals. */
export interface FactDesk {
  /** Resolves when the fact is committed. Repeated refusals of one person, one operation and one reason are put down once a minute, with their number. */
  leave(fact: AuditFact): Promise<void>;
  /** Puts down the refusals that were only counted and whose minute is over; all of them with `everything`. */
  settle(everything?: boolean): Promise<void>;
}

/** Facts in one transaction, at most. */
const mostAtOnce = 200;
const minuteMs = 60_000;
/** Beyond so many different refusals within a minute each is put down by itself: nothing is lost, memory stays bounded. */
const mostCounted = 10_000;

interface Waiting {
  readonly fact: AuditFact;
  resolve(): void;
  reject(error: unknown): void;
}

/** Gathers facts while a transaction is under way and writes them together in the next: fifty writers cost little more than one. */
const writerOver = (db: Db): ((fact: AuditFact) => Promise<void>) => {
  let waiting: Waiting[] = [];
  let working = false;
  const work = async (): Promise<void> => {
    working = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      try {
        await inTransaction(db, (tx) =>
          appendFacts(
            tx,
            batch.map(({ fact }) => fact),
          ),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    working = false;
  };
  return (fact) =>
    new Promise((resolve, reject) => {
      waiting.push({ fact, resolve, reject });
      if (!working) void work();
    });
};

/** Matters named in a counted refusal, at most: enough to see what was probed, and an entry stays small. */
const mostIds = 50;

interface Counted {
  readonly since: number;
  /** The newest one not put down yet, and how many those are. */
  last: AuditFact;
  more: number;
  /** Which matters they were about, the first ones. */
  readonly ids: Set<string>;
}

const sameRefusal = ({ actor, action, detail }: AuditFact): string =>
  `${actor.id} ${action} ${String(detail.code ?? '')}`;

/** The desk over a database. */
export const factDesk = (db: Db, clock: Clock): FactDesk => {
  const write = writerOver(db);
  const counted = new Map<string, Counted>();
  const putDown = async ({ last, more, ids }: Counted): Promise<void> => {
    if (more > 0)
      await write({ ...last, detail: { ...last.detail, count: more, ...(ids.size > 1 ? { ids: [...ids] } : {}) } });
  };
  const settle = async (everything = false): Promise<void> => {
    const now = clock.now().getTime();
    const over = [...counted].filter(([, { since }]) => everything || Math.abs(now - since) >= minuteMs);
    for (const [name] of over) counted.delete(name);
    await Promise.all(over.map(([, one]) => putDown(one)));
  };
  const note = async (fact: AuditFact): Promise<void> => {
    const name = sameRefusal(fact);
    const before = counted.get(name);
    if (before && Math.abs(fact.at.getTime() - before.since) < minuteMs) {
      before.last = fact;
      before.more += 1;
      const id = aboutOf(fact);
      if (id !== null && before.ids.size < mostIds) before.ids.add(id);
      return;
    }
    if (before || counted.size < mostCounted)
      counted.set(name, { since: fact.at.getTime(), last: fact, more: 0, ids: new Set() });
    if (before) await putDown(before);
    await write(fact);
  };
  return {
    leave: (fact) => (fact.kind === 'security' && fact.outcome === 'refused' ? note(fact) : write(fact)),
    settle,
  };
};
