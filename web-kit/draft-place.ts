/** What the names of all unsaved typing kept on this machine begin with. */
export const draftPrefix = 'desk.draft.';

/** Clears everybody's unsaved typing from this machine: whoever signs out leaves nothing personal on a shared computer. */
export const clearDrafts = (storage: Pick<Storage, 'length' | 'key' | 'removeItem'>): void => {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    for (const key of keys) if (key?.startsWith(draftPrefix)) storage.removeItem(key);
  } catch {
    // A browser that forbids storage has kept nothing.
  }
};
