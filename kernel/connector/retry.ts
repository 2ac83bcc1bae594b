/** Seconds to wait after the n-th failure in a row, or `give-up`, after which a person is told. */
export type RetryPolicy = (failures: number) => number | 'give-up';

/** Waits in order, then gives up. */
export const waitsOf =
  (seconds: readonly number[]): RetryPolicy =>
  (failures) =>
    seconds[failures - 1] ?? 'give-up';

/** 10 s, 1 min, 10 min, 1 h, then hourly for a day. Source: assumption, adr/0012. */
export const standardRetry: RetryPolicy = waitsOf([10, 60, 600, ...Array.from({ length: 25 }, () => 3600)]);
