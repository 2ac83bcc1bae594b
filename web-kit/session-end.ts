import { useSyncExternalStore } from 'react';

/** Null while the session lasts; else what the server said of its end. */
let ended: string | null = null;
const listeners = new Set<() => void>();

const change = (next: string | null): void => {
  // The first to notice knows why; those that follow only meet the closed door.
  if ((ended === null) === (next === null)) return;
  ended = next;
  for (const listener of listeners) listener();
};

/** Tells the frame that the server no longer knows the session, and why; the page stays as it is, so that nothing typed is lost. */
export const announceSessionEnd = (why = ''): void => change(why);

/** Tells the frame that the person has signed in again. */
export const announceSessionBack = (): void => change(null);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the session has ended under an open page. */
export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => ended !== null);

/** What the server said of the session's end; empty when it said nothing. */
export const useSessionEndWords = (): string => useSyncExternalStore(subscribe, () => ended ?? '');
