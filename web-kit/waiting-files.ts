const counts = new Map<string, number>();
const listeners = new Set<() => void>();

/** Tells how many files of a page are not at the server yet; the page is named by a key of its own. */
export const tellWaitingFiles = (page: string, count: number): void => {
  if (count === 0) counts.delete(page);
  else counts.set(page, count);
  for (const listener of listeners) listener();
};

/** Calls whenever the number may have changed; answers how to end that. */
export const onWaitingFiles = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How many files are not at the server yet, over all pages of this window. */
export const waitingFiles = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
