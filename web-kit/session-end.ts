import { useSyncExternalStore } from 'react';

let ended = false;
const listeners = new Set<() => void>();

const change = (next: boolean): void => {
  if (ended === next) return;
  ended = next;
  for (const listener of listeners) listener();
};

/** Tells the frame that the server no longer knows the session; the page stays as it is, so that nothing typed is lost. */
export const announceSessionEnd = (): void => change(true);

/** Tells the frame that the person has signed in again. */
export const announceSessionBack = (): void => change(false);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the session has ended under an open page. */
export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => ended);
