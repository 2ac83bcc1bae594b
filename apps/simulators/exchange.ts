import type { z } from 'zod';
import type { SystemId } from './faults.ts';
import type { World } from './world.ts';

/** What an exchange has at hand: what is remembered, the time, and the police's delayed decisions. */
export interface Scene {
  readonly world: World;
  readonly now: Date;
  readonly key: string;
}

/** What a system makes of a request. `slowMs` is how long this particular answer takes. */
export type Answer =
  | { readonly data: Readonly<Record<string, unknown>>; readonly slowMs?: number }
  | { readonly refused: { readonly code: string; readonly message: string; readonly retryable?: boolean } };

/** One exchange as a simulated system serves it. */
export interface SimulatedExchange {
  readonly system: SystemId;
  readonly name: string;
  readonly title: string;
  readonly path: `/ext/${string}`;
  readonly effect: 'read' | 'write';
  /** Dotted paths of the fields that must come SM4-sealed. */
  readonly sealedFields: readonly string[];
  /** The same of what is answered. */
  readonly sealedAnswer?: readonly string[];
  /** Errors: throws a ZodError when the body is not what this exchange takes. */
  readonly answer: (body: unknown, scene: Scene) => Answer;
}

/** Declares an exchange: the body is parsed strictly, then answered. */
export const simulatedExchange = <Req extends z.ZodType>(
  definition: Omit<SimulatedExchange, 'answer'> & {
    readonly request: Req;
    readonly answer: (request: z.output<Req>, scene: Scene) => Answer;
  },
): SimulatedExchange => {
  const { request, answer, ...rest } = definition;
  return { ...rest, answer: (body, scene) => answer(request.parse(body), scene) };
};

/** A business refusal. */
export const refused = (code: string, message: string, retryable = false): Answer => ({
  refused: { code, message, retryable },
});

/** The time in Shanghai as `yyyy-MM-dd HH:mm:ss`, the way these systems write it. */
export const shanghaiTime = (now: Date): string =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** The day in Shanghai as `yyyyMMdd`. */
export const shanghaiDay = (now: Date): string => shanghaiTime(now).slice(0, 10).replaceAll('-', '');
