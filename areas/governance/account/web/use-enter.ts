import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { App } from 'antd';
import type { Me } from '../model/account.contract.ts';
import { demoAccountsQuery, meQuery } from './account-api.ts';

/** Opens the desk to whoever has signed in, where they wanted to go. */
export const useEnter = (back: string | undefined): ((me: Me, endedElsewhere: number) => void) => {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  return (me, endedElsewhere) => {
    // Nothing of whoever sat here before may be seen by the next person.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey !== demoAccountsQuery.queryKey });
    queryClient.setQueryData(meQuery.queryKey, me);
    if (endedElsewhere > 0) void message.info('同时登录数已满，最早的一处登录已退出', 6);
    router.history.replace(back ?? '/');
  };
};
