import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { transport } from '#web-kit/api.ts';
import { accountContract, type Me } from '../model/account.contract.ts';

/** Calls of signing in and out. */
export const accountApi = clientOf(accountContract, transport);

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

/** The accounts to try the demonstration with; empty outside demo mode. */
export const demoAccountsQuery = queryOptions({
  queryKey: ['governance', 'account', 'demo-accounts'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => accountApi.demoAccounts({}),
});

/** The session for the router: asked once, then known. */
export const loadSession = (client: QueryClient): Promise<Me | null> => client.ensureQueryData(meQuery);
