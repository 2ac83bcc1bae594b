/** The time as an argument: everything that needs "now" is given one of these. */
export interface Clock {
  now(): Date;
}

/** The machine's clock; the only place that reads it. */
export const systemClock: Clock = { now: () => new Date() };
