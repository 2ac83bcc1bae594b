import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import type { Transport } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { isUnattended } from './session-activity.ts';
import { announceSessionEnd } from './session-end.ts';

/** How long one call may take before it counts as unanswered. Long enough for a slow line, short enough to tell the person. */
const timeoutMilliseconds = 30_000;

/** The way to the server for calls that may take longer than usual: same origin, the session's cookie, a time limit. */
export const transportWithin = (milliseconds: number): Transport => ({
  baseUrl: '',
  fetch: async (url, init) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), milliseconds);
    try {
      const headers = isUnattended() ? { ...init.headers, 'x-unattended': 'yes' } : init.headers;
      return await fetch(url, { ...init, headers, credentials: 'same-origin', signal: stop.signal });
    } finally {
      clearTimeout(timer);
    }
  },
});

/** The way every screen reaches the server. */
export const transport: Transport = transportWithin(timeoutMilliseconds);

/** Any thrown thing as a {@link Failure}: defects of the page itself get a message a person can act on. */
export const failureOf = (error: unknown): Failure =>
  error instanceof Failure
    ? error
    : new Failure(0, 'PAGE_DEFECT', '页面出现问题，没有完成刚才的操作；请刷新页面，已保存的内容不会丢失');

/** The number a person can give to support, when the server sent one. */
export const traceOf = (failure: Failure): string | undefined => {
  const trace = failure.detail?.traceId;
  return typeof trace === 'string' ? trace : undefined;
};

const worthAnotherTry = (failure: Failure): boolean => failure.status === 0 || failure.status >= 502;

const endSessionOn401 = (error: unknown): void => {
  if (error instanceof Failure && error.status === 401) announceSessionEnd(error.message);
};

/** The query client of the desk: short freshness, another try only for lost lines, a lost session is announced once. */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: endSessionOn401 }),
    mutationCache: new MutationCache({ onError: endSessionOn401 }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        networkMode: 'always',
        retry: (count, error) => count < 2 && worthAnotherTry(failureOf(error)),
        retryDelay: (count) => 600 * 2 ** count,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
