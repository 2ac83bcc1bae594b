import { z } from 'zod';
import type { Queue } from './autosave-queue.ts';
import { draftPrefix } from './draft-place.ts';

const unsaved = z.object({
  section: z.string(),
  field: z.string(),
  // JSON leaves out what is undefined: a field that was empty before, or has been emptied.
  was: z.unknown().optional(),
  now: z.unknown().optional(),
  state: z.enum(['typed', 'conflict', 'refused']),
  theirs: z.unknown().optional(),
  by: z.string().optional(),
  message: z.string().optional(),
});
const queueSchema = z.record(z.string(), unsaved);

/** Where unsaved typing is kept on this machine: per person and matter, so that nobody meets another's. */
export const draftKey = (userId: string, matterId: string): string => `${draftPrefix}${userId}.${matterId}`;

/** What an earlier visit left unsaved in these sections; nothing when there is none or it cannot be read. */
export const readDraft = (storage: Pick<Storage, 'getItem'>, key: string, sections: readonly string[]): Queue => {
  try {
    const parsed = queueSchema.safeParse(JSON.parse(storage.getItem(key) ?? '{}'));
    const known = parsed.success && Object.values(parsed.data).every(({ section }) => sections.includes(section));
    // `optional()` adds undefined to keys that exactOptionalPropertyTypes keeps apart; an absent key stays absent in JSON.
    return known ? (parsed.data as Queue) : {};
  } catch {
    // A browser may forbid storage; then there is nothing to restore, and the page says that it cannot keep.
    return {};
  }
};

/** Keeps the queue, or clears the place when nothing is unsaved. False when this machine would not keep it. */
export const keepDraft = (storage: Pick<Storage, 'setItem' | 'removeItem'>, key: string, queue: Queue): boolean => {
  try {
    if (Object.keys(queue).length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(queue));
    return true;
  } catch {
    // Full or forbidden: the page tells the person not to close it.
    return false;
  }
};
