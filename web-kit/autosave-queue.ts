import type { Problem } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';

/**
 * One field that was typed and is not yet safely on the server. `was` is what stood there when the person began, `sent` what is
 * on its way now, `theirs` what somebody else (`by`) saved meanwhile, `message` why the server would not take it.
 */
export interface Unsaved {
  readonly section: string;
  readonly field: string;
  readonly was: unknown;
  readonly now: unknown;
  readonly state: 'typed' | 'sending' | 'conflict' | 'refused';
  readonly sent?: unknown;
  readonly theirs?: unknown;
  readonly by?: string;
  readonly message?: string;
}

/** Everything typed and not yet saved, by `section.field`. */
export type Queue = Readonly<Record<string, Unsaved>>;

/** One call to the server: the changes of one section. */
export interface Batch {
  readonly section: string;
  readonly changes: Readonly<Record<string, { readonly was: unknown; readonly now: unknown }>>;
}

/** The key of a field in a {@link Queue}; also the path of a problem. */
export const pathOf = (section: string, field: string): string => `${section}.${field}`;

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether two values of a field are the same to a person: all kinds of empty are one. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  (isNothing(a) && isNothing(b)) || JSON.stringify(a) === JSON.stringify(b);

const without = (queue: Queue, path: string): Queue =>
  Object.fromEntries(Object.entries(queue).filter(([key]) => key !== path));

const plain = ({ section, field, was, now }: Unsaved): Unsaved => ({ section, field, was, now, state: 'typed' });

/** The queue after a keystroke. `base` is what the server holds, used only when the field was untouched until now. */
export const typed = (queue: Queue, at: { section: string; field: string; base: unknown }, now: unknown): Queue => {
  const path = pathOf(at.section, at.field);
  const before = queue[path];
  if (before?.state === 'sending' || before?.state === 'conflict') return { ...queue, [path]: { ...before, now } };
  const was = before ? before.was : at.base;
  if (sameValue(was, now)) return without(queue, path);
  return { ...queue, [path]: { section: at.section, field: at.field, was, now, state: 'typed' } };
};

/** The next section to send with all its typed fields; undefined when nothing is left to send. Empty is sent as null. */
export const nextBatch = (queue: Queue): Batch | undefined => {
  const waiting = Object.values(queue).filter(({ state }) => state === 'typed');
  const section = waiting[0]?.section;
  if (section === undefined) return undefined;
  const changes = waiting
    .filter((one) => one.section === section)
    .map(({ field, was, now }) => [field, { was: was ?? null, now: now ?? null }] as const);
  return { section, changes: Object.fromEntries(changes) };
};

const mapBatch = (queue: Queue, batch: Batch, change: (one: Unsaved, field: string) => Unsaved | undefined): Queue =>
  Object.fromEntries(
    Object.entries(queue).flatMap(([path, one]) => {
      if (one.section !== batch.section || !Object.hasOwn(batch.changes, one.field)) return [[path, one] as const];
      const next = change(one, one.field);
      return next ? [[path, next] as const] : [];
    }),
  );

/** Marks a batch as on its way. */
export const sending = (queue: Queue, batch: Batch): Queue =>
  mapBatch(queue, batch, (one) => ({ ...one, state: 'sending', sent: one.now }));

/** The batch did not arrive, or nobody knows: all of it is to be sent again. */
export const notArrived = (queue: Queue, batch: Batch): Queue => mapBatch(queue, batch, plain);

/** The server has it. What was typed on meanwhile stays, now counted from what the server answered. */
export const arrived = (queue: Queue, batch: Batch, values: AnyDraft): Queue =>
  mapBatch(queue, batch, (one, field) => {
    if (sameValue(one.now, one.sent)) return undefined;
    return plain({ ...one, was: Object.hasOwn(values, field) ? values[field] : one.sent });
  });

/**
 * Somebody else saved some of these fields first; `current` holds what stands there now, `by` who did it where that is known. The
 * other fields are sent again.
 */
export const collided = (
  queue: Queue,
  batch: Batch,
  current: AnyDraft,
  by: Readonly<Record<string, unknown>> = {},
): Queue =>
  mapBatch(queue, batch, (one, field) => {
    if (!Object.hasOwn(current, field)) return plain(one);
    const theirs = current[field];
    if (sameValue(theirs, one.now)) return undefined;
    const who = by[field];
    return { ...plain(one), state: 'conflict', theirs, ...(typeof who === 'string' ? { by: who } : {}) };
  });

/** The server will not take it as it is. Fields named by a problem wait for the person; the others are sent again, unless none was named. */
export const turnedDown = (queue: Queue, batch: Batch, problems: readonly Problem[], message: string): Queue => {
  const byField = new Map(problems.map((one) => [one.path.split('.').pop() ?? '', one.message]));
  const anyNamed = Object.keys(batch.changes).some((field) => byField.has(field));
  return mapBatch(queue, batch, (one, field) => {
    if (anyNamed && !byField.has(field)) return plain(one);
    return { ...plain(one), state: 'refused', message: byField.get(field) ?? message };
  });
};

/** Settles a conflict: mine is sent over theirs, knowingly; theirs drops mine. */
export const settled = (queue: Queue, path: string, keep: 'mine' | 'theirs'): Queue => {
  const one = queue[path];
  if (one?.state !== 'conflict') return queue;
  return keep === 'theirs' ? without(queue, path) : { ...queue, [path]: plain({ ...one, was: one.theirs }) };
};

/** Drops one field: what the server holds stands again. */
export const dropped = (queue: Queue, path: string): Queue => without(queue, path);

/** What the form shows: the server's values with everything unsaved laid over them. */
export const overlaid = (values: AnyDraft, queue: Queue, section: string): AnyDraft => {
  const mine = Object.values(queue).filter((one) => one.section === section);
  return mine.length === 0 ? values : { ...values, ...Object.fromEntries(mine.map(({ field, now }) => [field, now])) };
};

/** A queue as it may be kept over a reload: what was on its way counts as not arrived. */
export const restful = (queue: Queue): Queue =>
  Object.fromEntries(Object.entries(queue).map(([path, one]) => [path, one.state === 'sending' ? plain(one) : one]));
