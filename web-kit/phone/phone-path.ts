import { useSyncExternalStore } from 'react';

const moved = 'phone-moved';

const subscribe = (listener: () => void): (() => void) => {
  for (const event of ['popstate', moved]) window.addEventListener(event, listener);
  return () => {
    for (const event of ['popstate', moved]) window.removeEventListener(event, listener);
  };
};

/** The path of the page, as it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

/** Goes to a path; the phone's own back key leads back. `instead`: the page that is left is not come back to. */
export const goTo = (path: string, instead = false): void => {
  window.history[instead ? 'replaceState' : 'pushState']({ inside: true }, '', path);
  window.dispatchEvent(new Event(moved));
  window.scrollTo(0, 0);
};

/** Goes back where the page was come to from inside, else up. */
export const goBack = (up: string): void => {
  // Written by goTo only.
  const state = window.history.state as { readonly inside?: boolean } | null;
  if (state?.inside) window.history.back();
  else goTo(up, true);
};
