import { type Shell, wayOf } from './shell-cache.ts';

/** The part of a service worker's world that is used here; the page's own types know nothing of it. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(reply: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(event: 'install' | 'activate', act: (event: WorkerEvent) => void): void;
  addEventListener(event: 'fetch', act: (event: FetchEvent) => void): void;
}

// In a service worker `self` is its global scope.
const worker = self as unknown as Worker;
/** Written in by the build; see shell-list.ts. */
declare const __SHELL__: Shell;
const shell = __SHELL__;
const cacheName = `yard-shell-${shell.name}`;
const page = '/yard/';
/** A server that has not answered a page by then counts as away: the kept page is there at once. Milliseconds. */
const patienceMs = 3_000;

/** A newer shell waits until no page of the older is open: an open page may still want the older's files. */
const fill = async (): Promise<void> => {
  const cache = await caches.open(cacheName);
  await cache.addAll(shell.files.map((file) => new Request(file, { cache: 'reload' })));
};

const clear = async (): Promise<void> => {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('yard-shell-') && name !== cacheName).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
};

const kept = async (address: string): Promise<Response | undefined> => (await caches.open(cacheName)).match(address);

const soon = async (request: Request): Promise<Response> => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patienceMs);
  try {
    return await fetch(request.url, { signal: stop.signal, credentials: 'same-origin', cache: 'no-cache' });
  } finally {
    clearTimeout(timer);
  }
};

/** The server's page where it answers well, else the kept one. */
const pageFor = async (request: Request): Promise<Response> => {
  const told = await soon(request).catch(() => undefined);
  if (told?.ok) return told;
  return (await kept(page)) ?? told ?? Response.error();
};

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(clear()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const way = wayOf(shell, request, worker.location.origin);
  if (way === 'kept') event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
  if (way === 'page') event.respondWith(pageFor(request));
});
