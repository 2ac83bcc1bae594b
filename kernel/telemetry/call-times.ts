import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** How long the calls of one operation took since this process began. */
export interface CallTimes {
  readonly operation: string;
  readonly calls: number;
  /** Calls that ended in an error of ours. */
  readonly failures: number;
  /** Milliseconds in which half, and 95 of a hundred, of them were answered; as exact as the buckets are narrow. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** A figure that is asked for when it is told. */
export interface Told {
  readonly name: string;
  readonly help: string;
  /** Values by the value of the one label; a figure without label has one under the empty name. */
  readonly label?: string;
  readonly read: () => Promise<Readonly<Record<string, number>>>;
}

/** What a process measures of itself, for its own page and for Prometheus. */
export interface Telemetry {
  /** An operation was answered with this status after so many milliseconds. */
  called(operation: string, status: number, milliseconds: number): void;
  /** Adds a figure to what is told. */
  tell(figure: Told): void;
  /** The operations that take longest, by the 95 of a hundred. */
  slowest(most: number): Promise<readonly CallTimes[]>;
  /** Everything in Prometheus's own form, which `mediaType` names. */
  text(): Promise<string>;
  readonly mediaType: string;
}

/** Upper ends in seconds: fine where people feel a difference. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30];

interface Cumulative {
  readonly upTo: number;
  readonly count: number;
}

/** The value below which a share of the counted lies, evenly spread within its bucket. Beyond the last bucket: its end. */
export const quantileOf = (cumulative: readonly Cumulative[], share: number): number => {
  const wanted = (cumulative.at(-1)?.count ?? 0) * share;
  let below: Cumulative = { upTo: 0, count: 0 };
  for (const one of cumulative) {
    if (one.count >= wanted) {
      if (!Number.isFinite(one.upTo)) return below.upTo;
      const inside = one.count - below.count;
      return inside === 0 ? one.upTo : below.upTo + ((one.upTo - below.upTo) * (wanted - below.count)) / inside;
    }
    below = one;
  }
  return below.upTo;
};

const milliseconds = (seconds: number): number => Math.round(seconds * 10_000) / 10;

/** The measures of a process, none taken yet. Source: tender T2.7, T3.1; architecture 7.8. */
export const telemetryOf = (): Telemetry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'hushang_' });
  const times = new Histogram({
    name: 'hushang_operation_seconds',
    help: 'Time until an operation was answered',
    labelNames: ['operation'],
    buckets,
    registers: [registry],
  });
  const answers = new Counter({
    name: 'hushang_operation_answers_total',
    help: 'Answers of operations by status',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const unreadable = new Gauge({
    name: 'hushang_figure_unreadable',
    help: '1 while a figure could not be found out',
    labelNames: ['figure'],
    registers: [registry],
  });
  const looks: (() => Promise<void>)[] = [];
  const look = async ({ name, label, read }: Told, gauge: Gauge<string>): Promise<void> => {
    gauge.reset();
    try {
      for (const [key, value] of Object.entries(await read())) {
        gauge.set(label === undefined ? {} : { [label]: key }, value);
      }
      unreadable.set({ figure: name }, 0);
    } catch {
      // What the process knows of itself must be told just then; the figure says of itself that it is not.
      unreadable.set({ figure: name }, 1);
    }
  };
  const failuresOf = async (): Promise<ReadonlyMap<string, number>> => {
    const failures = new Map<string, number>();
    for (const { labels, value } of (await answers.get()).values) {
      const operation = String(labels.operation);
      if (Number(labels.status) >= 500) failures.set(operation, (failures.get(operation) ?? 0) + value);
    }
    return failures;
  };
  const cumulativeOf = async (): Promise<ReadonlyMap<string, Cumulative[]>> => {
    const found = new Map<string, Cumulative[]>();
    for (const { labels, value, metricName } of (await times.get()).values) {
      // The library's types leave out the label it adds itself.
      const { le } = labels as { readonly le?: string | number };
      if (metricName !== 'hushang_operation_seconds_bucket') continue;
      const operation = String(labels.operation);
      const upTo = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
      found.set(operation, [...(found.get(operation) ?? []), { upTo, count: value }]);
    }
    return found;
  };
  return {
    mediaType: registry.contentType,
    called: (operation, status, ms) => {
      times.observe({ operation }, ms / 1000);
      answers.inc({ operation, status });
    },
    tell: (figure) => {
      const { name, help, label } = figure;
      const gauge = new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers: [registry] });
      looks.push(() => look(figure, gauge));
    },
    slowest: async (most) => {
      const failures = await failuresOf();
      return [...(await cumulativeOf())]
        .map(([operation, cumulative]) => ({
          operation,
          calls: cumulative.at(-1)?.count ?? 0,
          failures: failures.get(operation) ?? 0,
          medianMs: milliseconds(quantileOf(cumulative, 0.5)),
          p95Ms: milliseconds(quantileOf(cumulative, 0.95)),
        }))
        .sort((one, other) => other.p95Ms - one.p95Ms)
        .slice(0, most);
    },
    text: async () => {
      await Promise.all(looks.map((one) => one()));
      return registry.metrics();
    },
  };
};
