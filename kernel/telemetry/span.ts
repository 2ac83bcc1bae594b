import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { Failure } from '#kernel/contract/failure.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** What is told of a piece of work: names of ours, numbers and codes; never what people have typed, nor who they are. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** Who asks whom: `server` was asked, `client` asks somebody else, `internal` neither. */
export type SpanKind = 'internal' | 'server' | 'client';

/** A piece of work that is over. Times in nanoseconds since 1970. */
export interface EndedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly beganNs: bigint;
  readonly endedNs: bigint;
  readonly facts: SpanFacts;
  /** It ended in an error of ours, or of whoever was asked. */
  readonly failed: boolean;
}

/** A piece of work under way. */
export interface Span {
  /** Begins a part of it. */
  below(name: string, kind: SpanKind, facts: SpanFacts): Span;
  /** Told once. */
  end(failed: boolean, facts?: SpanFacts): void;
}

/** Begins traces, and tells what has ended. */
export interface Tracing {
  /** The first piece of work of a trace known here; undefined where the trace is left out by lot. An id that is none of ours gets a new one. */
  begin(traceId: string, name: string, kind: SpanKind, facts: SpanFacts): Span | undefined;
}

const nanosecondsOf = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6));

/** Of the whole trace the same lot is drawn everywhere: its id is chance already. */
const isIn = (traceId: string, share: number): boolean => Number.parseInt(traceId.slice(-12), 16) < share * 2 ** 48;

/** Tracing of a share (0…1) of all traces; `tell` hears of every span that ends and must not wait. Source: architecture 7.8. */
export const tracingOver = ({
  clock,
  share,
  tell,
}: {
  readonly clock: Clock;
  readonly share: number;
  readonly tell: (span: EndedSpan) => void;
}): Tracing => {
  const begin = (of: Pick<EndedSpan, 'traceId' | 'parentId' | 'name' | 'kind' | 'facts'>): Span => {
    const spanId = randomBytes(8).toString('hex');
    // The clock says when, the other one how long: a clock that is put right makes no work shorter than it was.
    const [beganNs, began] = [nanosecondsOf(clock.now().getTime()), performance.now()];
    return {
      below: (name, kind, facts) => begin({ traceId: of.traceId, parentId: spanId, name, kind, facts }),
      end: (failed, facts = {}) =>
        tell({
          ...of,
          spanId,
          beganNs,
          endedNs: beganNs + nanosecondsOf(performance.now() - began),
          facts: { ...of.facts, ...facts },
          failed,
        }),
    };
  };
  return {
    begin: (given, name, kind, facts) => {
      const traceId = /^(?!0{32})[0-9a-f]{32}$/.test(given) ? given : randomBytes(16).toString('hex');
      return isIn(traceId, share) ? begin({ traceId, parentId: null, name, kind, facts }) : undefined;
    },
  };
};

const current = new AsyncLocalStorage<Span>();

/** Does some work as part of a span; everything it begins by {@link spanned} is below it. */
export const under = <T>(span: Span, work: () => T): T => current.run(span, work);

/** What came of a piece of work. */
export interface Outcome {
  readonly failed: boolean;
  readonly facts: SpanFacts;
}

const well = (): Outcome => ({ failed: false, facts: {} });

/** The kind of an error: its code or its name, never its words. */
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/**
 * Does some work as a span and ends it; without a span it is simply done. What work throws is thrown; the span has failed then, unless it was a refusal.
 */
export const asSpan = async <T>(
  span: Span | undefined,
  work: () => Promise<T>,
  outcomeOf: (result: T) => Outcome = well,
): Promise<T> => {
  if (!span) return work();
  try {
    const result = await under(span, work);
    const outcome = outcomeOf(result);
    span.end(outcome.failed, outcome.facts);
    return result;
  } catch (error) {
    span.end(!(error instanceof Failure && error.status < 500), { 'error.type': kindOf(error) });
    throw error;
  }
};

/** Does a part of the work under way as a span below it; where nobody traces, it is simply done. See {@link asSpan}. */
export const spanned = <T>(
  name: string,
  kind: SpanKind,
  facts: SpanFacts,
  work: () => Promise<T>,
  outcomeOf?: (result: T) => Outcome,
): Promise<T> => asSpan(current.getStore()?.below(name, kind, facts), work, outcomeOf);
