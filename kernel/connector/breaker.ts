import type { Outcome } from './connector.ts';

/** Whether messages go to a system: `open` lets none through, `half-open` one to try. */
export type Circuit = 'closed' | 'open' | 'half-open';

/** Keeps a dead or overloaded system from being hammered. Times are milliseconds since 1970. */
export interface Breaker {
  circuit(now: number): Circuit;
  /** Counts what a carried message came to; the first sign of life closes. */
  heard(outcome: Outcome, now: number, retryAfterSeconds?: number): void;
}

const failuresToOpen = 5;

/** How long an open circuit stays open before a trial: at first, and at most after doubling. Milliseconds. */
export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** 5 s at first, a minute at most. Source: assumption, adr/0012. */
export const standardPauses: Pauses = { firstMs: 5_000, longestMs: 60_000 };

/** A closed circuit. Opens after five failures in a row; while trials fail, the pause doubles. */
export const breaker = ({ firstMs, longestMs }: Pauses): Breaker => {
  let failures = 0;
  let pauseMs = firstMs;
  let openedAt = 0;
  let openForMs = 0;
  const open = (now: number, forMs: number): void => {
    openedAt = now;
    openForMs = forMs;
  };
  const isOpen = (now: number): boolean => {
    // A clock that was put back ends the pause, or it would last as long as the clock went back.
    if (now < openedAt) open(now, 0);
    return now - openedAt < openForMs;
  };
  return {
    circuit: (now) => {
      if (isOpen(now)) return 'open';
      return failures >= failuresToOpen ? 'half-open' : 'closed';
    },
    heard: (outcome, now, retryAfterSeconds = 0) => {
      if (outcome === 'throttled') {
        const left = isOpen(now) ? openedAt + openForMs - now : 0;
        open(now, Math.max(left, retryAfterSeconds * 1000));
        return;
      }
      if (outcome === 'unreachable' || outcome === 'unknown') {
        failures += 1;
        if (failures < failuresToOpen || isOpen(now)) return;
        open(now, pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestMs);
        return;
      }
      failures = 0;
      pauseMs = firstMs;
      openForMs = 0;
    },
  };
};
