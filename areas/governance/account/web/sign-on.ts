import { z } from 'zod';

/** What this browser remembers between leaving for the sign-on provider and coming back: only a page of ours that began can go on. */
const begun = z.object({
  ticket: z.string(),
  purpose: z.enum(['sign-in', 'bind']),
  back: z.string().optional(),
});
type Begun = z.output<typeof begun>;

const key = 'governance.sign-on';

/** Leaves for the provider. Kept for this tab only, and gone when it is closed. */
export const leaveForSignOn = (address: string, what: Begun): void => {
  window.sessionStorage.setItem(key, JSON.stringify(what));
  window.location.assign(address);
};

/** What was begun in this tab, once; null when nothing was. */
export const takeBegunSignOn = (): Begun | null => {
  const text = window.sessionStorage.getItem(key);
  window.sessionStorage.removeItem(key);
  if (text === null) return null;
  try {
    return begun.parse(JSON.parse(text));
  } catch {
    return null;
  }
};
