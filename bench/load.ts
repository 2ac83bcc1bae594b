/** What a load of many at once came to. */
export interface Load {
  readonly calls: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** The value that so many of a hundred lie below. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
};

/** So many workers, each calling again as soon as it is answered, for so many seconds; `worker` and `turn` count from 0. */
export const loadOf = async (
  workers: number,
  seconds: number,
  call: (worker: number, turn: number) => Promise<unknown>,
): Promise<Load> => {
  const began = performance.now();
  const end = began + seconds * 1000;
  const times: number[] = [];
  const work = async (worker: number): Promise<void> => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      const at = performance.now();
      await call(worker, turn);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const elapsed = (performance.now() - began) / 1000;
  return {
    calls: times.length,
    seconds: elapsed,
    perSecond: times.length / elapsed,
    p95Ms: percentile(times, 95),
    p99Ms: percentile(times, 99),
  };
};
