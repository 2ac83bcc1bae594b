import { z } from 'zod';

/** The systems this program stands for. */
export const systemIds = [
  'police',
  'national-circulation',
  'identity',
  'data-lake',
  'hotline',
  'enforcement',
  'sms-gateway',
  'mail-gateway',
  'one-stop',
] as const;
/** See {@link systemIds}. */
export type SystemId = (typeof systemIds)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** One way of going wrong. Source: domain 9, ①–⑭. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('late'), ms: z.int().min(1).max(600_000) }),
  /** Done at once, answered never. */
  z.strictObject({ kind: z.literal('timed-out-but-done') }),
  /** A request is answered as a repeat (4090 with the first result); a callback is sent twice. */
  z.strictObject({ kind: z.literal('twice') }),
  /** An answer waits until the next one has overtaken it; a callback overtakes the acknowledgement. */
  z.strictObject({ kind: z.literal('out-of-order') }),
  z.strictObject({
    kind: z.literal('refuse'),
    code: z.string().min(1).max(20),
    message: z.string().max(200),
    retryable: z.boolean().default(false),
  }),
  /** `schema`: fields of the wrong type; `json`: half a text; `signature`: signed by nobody; `blanks`: every value written as nothing. */
  z.strictObject({
    kind: z.literal('garbled'),
    how: z.enum(['schema', 'json', 'signature', 'blanks']).default('schema'),
  }),
  /** Neither done nor answered. A callback is lost. */
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('throttled'), retryAfterSeconds: z.int().min(0).max(3600).default(1) }),
  /** The connection is cut before anything is done. */
  z.strictObject({ kind: z.literal('down') }),
  /** Closed from one time of day to another, Shanghai time; may pass midnight. */
  z.strictObject({ kind: z.literal('night'), from: clockTime, to: clockTime }),
]);
/** See {@link faultSchema}. */
export type Fault = z.output<typeof faultSchema>;

/** The ways a callback can go wrong; the others are about requests alone and leave callbacks in peace. */
export const callbackFaults: ReadonlySet<Fault['kind']> = new Set([
  'late',
  'twice',
  'out-of-order',
  'garbled',
  'never',
]);

/** A scripted fault: where it strikes and how often. */
export const scriptSchema = z.strictObject({
  system: z.enum(systemIds),
  /** An exchange, or `*` for all of the system. */
  exchange: z.string().min(1).max(60).default('*'),
  /** Strikes only messages whose idempotency key holds this text. */
  key: z.string().max(200).optional(),
  /** How often it strikes; without it, until removed. */
  times: z.int().min(1).max(100_000).optional(),
  fault: faultSchema,
});
/** See {@link scriptSchema}. */
export type Script = z.output<typeof scriptSchema>;

/** A script in force, with its number and how often it has struck. */
export interface ActiveScript extends Script {
  readonly id: number;
  readonly struck: number;
}

/** A message that a fault may strike. */
export interface Target {
  readonly system: SystemId;
  readonly exchange: string;
  readonly key: string;
  readonly now: Date;
}

/** The scripted faults in force; they live as long as the program. */
export interface FaultBook {
  add(script: Script): ActiveScript;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly ActiveScript[];
  /**
   * The fault that strikes this message, counted as used: the oldest script that fits, of the given kinds only. A night fault
   * strikes only in its hours.
   */
  strike(target: Target, kinds?: ReadonlySet<Fault['kind']>): Fault | undefined;
}

const isNight = (now: Date, from: string, to: string): boolean => {
  const time = now.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour12: false }).slice(0, 5);
  return from <= to ? time >= from && time < to : time >= from || time < to;
};

const fits = (script: Script, { system, exchange, key, now }: Target): boolean =>
  script.system === system &&
  (script.exchange === '*' || script.exchange === exchange) &&
  (script.key === undefined || key.includes(script.key)) &&
  (script.fault.kind !== 'night' || isNight(now, script.fault.from, script.fault.to));

/** An empty book. */
export const faultBook = (): FaultBook => {
  let scripts: readonly ActiveScript[] = [];
  let last = 0;
  const afterUse = (script: ActiveScript): readonly ActiveScript[] =>
    script.struck + 1 === script.times ? [] : [{ ...script, struck: script.struck + 1 }];
  return {
    add: (script) => {
      last += 1;
      const active = { ...script, id: last, struck: 0 };
      scripts = [...scripts, active];
      return active;
    },
    remove: (id) => {
      const before = scripts.length;
      scripts = scripts.filter((script) => script.id !== id);
      return scripts.length < before;
    },
    clear: () => {
      scripts = [];
    },
    list: () => scripts,
    strike: (target, kinds) => {
      const hit = scripts.find((script) => fits(script, target) && (kinds?.has(script.fault.kind) ?? true));
      if (!hit) return undefined;
      scripts = scripts.flatMap((script) => (script === hit ? afterUse(script) : [script]));
      return hit.fault;
    },
  };
};
