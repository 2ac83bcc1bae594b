import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import type { Circuit } from '#kernel/connector/breaker.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { Telemetry } from '#kernel/telemetry/call-times.ts';
import { circuitView } from '../model/operating.contract.ts';

/** What a process tells of itself. Times are milliseconds or ISO instants. */
export const processFigures = z.object({
  memoryBytes: z.number(),
  heapBytes: z.number(),
  loopDelayMs: z.number(),
  commonWork: z.boolean(),
  areas: z.array(z.string()),
  circuits: z.record(z.string(), circuitView),
  jobs: z.array(
    z.object({
      id: z.string(),
      everyMs: z.number(),
      running: z.boolean(),
      rounds: z.int(),
      failures: z.int(),
      lastBeganAt: z.string().nullable(),
      lastMs: z.number().nullable(),
      lastFailedAt: z.string().nullable(),
      fault: z.string().nullable(),
    }),
  ),
  slowest: z.array(
    z.object({
      operation: z.string(),
      calls: z.int(),
      failures: z.int(),
      medianMs: z.number(),
      p95Ms: z.number(),
    }),
  ),
});
/** See {@link processFigures}. */
export type ProcessFigures = z.output<typeof processFigures>;

const mostOperations = 10;

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What a process measures of itself. */
export interface FigureParts {
  readonly jobs: Jobs;
  readonly telemetry: Telemetry;
  /** The areas that run in it. */
  readonly areas: readonly string[];
  /** Whether messages go to each outside system, as this process knows it. */
  readonly circuits: () => Readonly<Record<string, Circuit>>;
}

/** Measures this process each time it is asked. */
export const ownFigures = ({ jobs, telemetry, areas, circuits }: FigureParts): (() => Promise<ProcessFigures>) => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return async () => {
    const { rss, heapUsed } = process.memoryUsage();
    const late = delay.percentile(99) / 1e6;
    delay.reset();
    return {
      memoryBytes: rss,
      heapBytes: heapUsed,
      // The looks themselves are 20 ms apart.
      loopDelayMs: Number.isFinite(late) ? Math.max(0, Math.round(late - 20)) : 0,
      commonWork: jobs.commonWork,
      areas: [...areas],
      circuits: { ...circuits() },
      jobs: jobs.notes().map(({ lastBeganAt, lastFailedAt, ...note }) => ({
        ...note,
        lastBeganAt: isoOf(lastBeganAt),
        lastFailedAt: isoOf(lastFailedAt),
      })),
      slowest: [...(await telemetry.slowest(mostOperations))],
    };
  };
};
