import { useSyncExternalStore } from 'react';

/** What Chromium offers when a page may be installed. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

let offer: InstallOffer | null = null;
const listeners = new Set<() => void>();

const become = (next: InstallOffer | null): void => {
  offer = next;
  for (const listener of listeners) listener();
};

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  become(event as InstallOffer);
});
window.addEventListener('appinstalled', () => become(null));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the page runs from the phone's home screen, and how to get it there where the browser offers that. */
export const useInstall = (): { readonly installed: boolean; readonly install: (() => void) | null } => {
  const offered = useSyncExternalStore(subscribe, () => offer);
  const installed = window.matchMedia('(display-mode: standalone)').matches;
  return { installed, install: offered && (() => void offered.prompt().then(() => become(null))) };
};
