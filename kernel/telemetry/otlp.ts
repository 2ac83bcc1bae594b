import { setTimeout as pause } from 'node:timers/promises';
import type { EndedSpan, SpanFacts } from './span.ts';

/** Where spans are sent. */
export interface OtlpParts {
  /** The whole address, such as `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What all spans of this process have in common, `service.name` among it. */
  readonly resource: SpanFacts;
  /** Told of what could not be sent, and how many spans were lost over it; at most once a minute. */
  readonly onFailure: (error: unknown, about: { readonly spansLost: number }) => void;
}

/** Sends ended spans in the background. */
export interface OtlpSender {
  /** Takes a span; what there is no room for is lost, so that nothing ever waits. */
  tell(span: EndedSpan): void;
  /** Sends what is there and takes nothing more. */
  stop(): Promise<void>;
}

const sendEveryMs = 5_000;
const mostKept = 2_048;
const mostAtOnce = 512;
const tellEveryMs = 60_000;
const againMs = 1_000;

const kinds = { internal: 1, server: 2, client: 3 } as const;
const failedStatus = 2;

const valueTold = (value: string | number | boolean): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};

const attributesOf = (facts: SpanFacts): readonly object[] =>
  Object.entries(facts).map(([key, value]) => ({ key, value: valueTold(value) }));

const spanOf = ({ traceId, spanId, parentId, name, kind, beganNs, endedNs, facts, failed }: EndedSpan): object => ({
  traceId,
  spanId,
  ...(parentId === null ? {} : { parentSpanId: parentId }),
  name,
  kind: kinds[kind],
  startTimeUnixNano: String(beganNs),
  endTimeUnixNano: String(endedNs),
  attributes: attributesOf(facts),
  ...(failed ? { status: { code: failedStatus } } : {}),
});

/** Spans as OTLP has them in JSON: ids in hexadecimal, kinds as numbers, 64 bits as text. Source: OTLP 1.9, JSON Protobuf encoding. */
export const otlpTraces = (resource: SpanFacts, spans: readonly EndedSpan[]): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'hushang' }, spans: spans.map(spanOf) }],
      },
    ],
  });

/** A refusal of the receiver that may end: it is asked once more. Source: OTLP 1.9, OTLP/HTTP response. */
const mayEnd: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** A receiver that would not take spans. */
class NotTaken extends Error {
  readonly again: boolean;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.again = mayEnd.has(status);
  }
}

const post = async ({ url, headers, timeoutMs }: OtlpParts, body: string): Promise<void> => {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Read to its end, so that the connection serves again.
  await reply.arrayBuffer();
  if (!reply.ok) throw new NotTaken(reply.status);
};

/** A sender to one receiver. Spans wait in memory for it, for seconds and in bounded number. */
export const otlpSender = (parts: OtlpParts): OtlpSender => {
  let waiting: EndedSpan[] = [];
  let lost = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  const lose = (spans: number, error: unknown): void => {
    lost += spans;
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    parts.onFailure(error, { spansLost: lost });
    lost = 0;
  };
  const send = async (spans: readonly EndedSpan[]): Promise<void> => {
    const body = otlpTraces(parts.resource, spans);
    try {
      await post(parts, body).catch(async (error: unknown) => {
        if (!(error instanceof NotTaken && error.again)) throw error;
        if (!stopped) await pause(againMs, undefined, { ref: false });
        await post(parts, body);
      });
    } catch (error) {
      lose(spans.length, error);
    }
  };
  let sending: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    sending = sending.then(async () => {
      while (waiting.length > 0) {
        const some = waiting.slice(0, mostAtOnce);
        waiting = waiting.slice(mostAtOnce);
        await send(some);
      }
    });
    return sending;
  };
  const timer = setInterval(() => void flush(), sendEveryMs).unref();
  return {
    tell: (span) => {
      if (stopped) return;
      if (waiting.length >= mostKept) return lose(1, new Error('more spans than can be sent'));
      waiting.push(span);
      if (waiting.length === mostAtOnce) void flush();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await flush();
    },
  };
};
