import type { Clock } from '#kernel/time/clock.ts';

/** A clock that stands until it is moved. */
export interface FixedClock extends Clock {
  advance(ms: number): void;
  set(iso: string): void;
}

/** A clock that stands at an ISO instant. */
export const clockAt = (iso: string): FixedClock => {
  let now = new Date(iso);
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now = new Date(now.getTime() + ms);
    },
    set: (other) => {
      now = new Date(other);
    },
  };
};
