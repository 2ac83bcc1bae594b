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
  let openUntil = 0;
  const open = (now: number): void => {
    openUntil = now + pauseMs;
    pauseMs = Math.min(pauseMs * 2, longestMs);
  };
  return {
    circuit: (now) => {
      if (now < openUntil) return 'open';
      return failures >= failuresToOpen ? 'half-open' : 'closed';
    },
    heard: (outcome, now, retryAfterSeconds = 0) => {
      if (outcome === 'throttled') {
        openUntil = Math.max(openUntil, now + retryAfterSeconds * 1000);
        return;
      }
      if (outcome === 'unreachable' || outcome === 'unknown') {
        failures += 1;
        if (failures >= failuresToOpen && now >= openUntil) open(now);
        return;
      }
      failures = 0;
      pauseMs = firstMs;
      openUntil = 0;
    },
  };
};
