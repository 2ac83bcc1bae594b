import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { App } from 'antd';
import type { Entered } from '../model/account.contract.ts';
import { demoAccountsQuery, meQuery } from './account-api.ts';
import { tellNotices } from './tell-notices.tsx';

/** Opens the desk to whoever has signed in, where they wanted to go. */
export const useEnter = (back: string | undefined): ((entered: Entered) => void) => {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { message, modal } = App.useApp();
  return ({ me, endedElsewhere, notices }) => {
    // Nothing of whoever sat here before may be seen by the next person.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey !== demoAccountsQuery.queryKey });
    queryClient.setQueryData(meQuery.queryKey, me);
    if (endedElsewhere > 0) void message.info('同时登录数已满，最早的一处登录已退出', 6);
    if (notices.length > 0) tellNotices(modal, notices);
    router.history.replace(back ?? '/');
  };
};
