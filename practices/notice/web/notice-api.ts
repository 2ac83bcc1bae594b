import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { noticeContract } from '../model/notice.contract.ts';
import { filterOf, type NoticeSearch } from './notice-search.ts';

/** Calls about one's own notices. */
export const noticeApi = clientOf(noticeContract, transport);

/** Everything known of one's notices. */
export const noticesKey = ['notice'] as const;

/** A page of the list. */
export const noticeListQuery = (search: NoticeSearch) =>
  queryOptions({
    queryKey: [...noticesKey, 'list', filterOf(search)],
    queryFn: () => noticeApi.list(filterOf(search)),
  });

/** How many are unread: asked once a minute, and where the person goes on to another page. */
export const unreadQuery = queryOptions({
  queryKey: [...noticesKey, 'unread'],
  queryFn: () => noticeApi.unread({}),
  refetchInterval: 60_000,
});

/** What the person may choose about being told. */
export const noticeChoicesQuery = queryOptions({
  queryKey: [...noticesKey, 'choices'],
  queryFn: () => noticeApi.choices({}),
});
