import { setTimeout as pause } from 'node:timers/promises';

/** Resolves as soon as the condition holds; the test's own time limit ends a wait that is in vain. */
export const waitUntil = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(20);
};
