import { useCallback, useState } from 'react';
import type { z } from 'zod';

const read = <T>(key: string, schema: z.ZodType<T>, fallback: T): T => {
  try {
    const stored = window.localStorage.getItem(key);
    if (stored === null) return fallback;
    const parsed = schema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : fallback;
  } catch {
    // A browser may refuse storage, and another version may have left something else there: the screen works without.
    return fallback;
  }
};

/** A value kept in this browser under `key`; whatever does not fit the schema counts as absent. */
export const useRemembered = <T>(key: string, schema: z.ZodType<T>, fallback: T): [T, (next: T) => void] => {
  const [value, setValue] = useState(() => read(key, schema, fallback));
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      try {
        window.localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Remembering is a comfort; without storage the choice lasts as long as the page.
      }
    },
    [key],
  );
  return [value, remember];
};
