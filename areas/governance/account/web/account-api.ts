import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { transport } from '#web-kit/api.ts';
import { accountContract, type Me } from '../model/account.contract.ts';
import { ownAccountContract } from '../model/own-account.contract.ts';

/** Calls of signing in and out. */
export const accountApi = clientOf(accountContract, transport);

/** Calls about the person's own account. */
export const ownAccountApi = clientOf(ownAccountContract, transport);

/** Who is signed in; null is an answer, not a failure. Does not go stale by itself: signing in and out sets it. */
export const meQuery = queryOptions({
  queryKey: ['governance', 'account', 'me'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await accountApi.me({});
    } catch (error) {
      if (error instanceof Failure && error.status === 401) return null;
      throw error;
    }
  },
});

const longestWaitMs = 30_000;

/** The accounts to try the demonstration with, and the codes of this moment; empty outside demo mode. */
export const demoAccountsQuery = queryOptions({
  queryKey: ['governance', 'account', 'demo-accounts'],
  staleTime: 1_000,
  queryFn: () => accountApi.demoAccounts({}),
  refetchInterval: ({ state: { data } }) => {
    const ends = (data ?? []).flatMap(({ codeUntil }) => (codeUntil === null ? [] : [new Date(codeUntil).getTime()]));
    if (ends.length === 0) return false;
    // A browser whose clock is off asks a little too often or too late, never without end.
    return Math.min(longestWaitMs, Math.max(1_000, Math.min(...ends) - Date.now() + 300));
  },
});

/** What the sign-on of the government is called here; null when it is not offered. */
export const signOnOfferQuery = queryOptions({
  queryKey: ['governance', 'account', 'sign-on'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => accountApi.signOnOffer({}),
});

/** The person's own account. */
export const ownAccountQuery = queryOptions({
  queryKey: ['governance', 'own-account'],
  queryFn: () => ownAccountApi.read({}),
});

/** Where the person is signed in. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['governance', 'own-account', 'sessions'],
  queryFn: () => ownAccountApi.sessions({}),
});

/** The session for the router: asked once, then known. */
export const loadSession = (client: QueryClient): Promise<Me | null> => client.ensureQueryData(meQuery);
