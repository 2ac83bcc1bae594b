import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Checkbox, Select } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { defaultPageSize, pageToAddress } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { noticeApi, noticeListQuery, noticesKey, unreadQuery } from './notice-api.ts';
import type { NoticeSearch } from './notice-search.ts';
import styles from './notices.module.css';
import { noticesRoute } from './routes.tsx';

/** Marks notices read, single ones or all up to a moment. */
const useReading = () => {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (what: { readonly id: string } | { readonly until: string }) =>
      'id' in what ? noticeApi.markRead({ ids: [what.id] }) : noticeApi.markAllRead(what),
    onSuccess: (standing) => client.setQueryData(unreadQuery.queryKey, standing),
    onError: (error) => void message.error(failureOf(error).message),
    onSettled: () => client.invalidateQueries({ queryKey: [...noticesKey, 'list'] }),
  });
};

const Nothing = ({ search }: { search: NoticeSearch }) =>
  search.unread || search.group ? (
    <EmptyState title="没有符合条件的消息">放宽或清除上方的筛选条件。</EmptyState>
  ) : (
    <EmptyState title="还没有消息">案卷退回、证明出具等与您有关的办理结果，会出现在这里。</EmptyState>
  );

/** What the signed-in person was told, the newest first. Source: tender R13, R49. */
export const NoticesPage = () => {
  const search = noticesRoute.useSearch();
  const navigate = useNavigate({ from: '/notices' });
  const change = (next: Partial<NoticeSearch>): void =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...next }) });
  const { data, error, refetch } = useQuery({ ...noticeListQuery(search), placeholderData: keepPreviousData });
  const { data: standing } = useQuery(unreadQuery);
  const reading = useReading();
  const newest = data?.rows[0]?.raisedAt;
  const size = search.size ?? defaultPageSize;
  return (
    <div className={styles.page}>
      <PageHeader
        title="消息"
        note={data && `${formatNumber(data.total)} 条`}
        actions={
          newest &&
          (search.page ?? 1) === 1 &&
          (standing?.unread ?? 0) > 0 && (
            <Button loading={reading.isPending} onClick={() => reading.mutate({ until: newest })}>
              全部标为已读
            </Button>
          )
        }
      />
      <div className={list.filters}>
        <Select
          style={{ width: 180 }}
          aria-label="类别"
          popupRender={namedMenu('类别')}
          placeholder="类别"
          allowClear
          value={data ? (search.group ?? null) : null}
          options={(data?.groups ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(group: string | null | undefined) => change({ group: group ?? undefined })}
        />
        <Checkbox
          checked={search.unread ?? false}
          onChange={({ target }) => change({ unread: target.checked || undefined })}
        >
          只看未读
        </Checkbox>
      </div>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        data && (
          <>
            {data.rows.length === 0 && <Nothing search={search} />}
            <ul className={styles.lines}>
              {data.rows.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} onRead={(id) => reading.mutate({ id })} />
              ))}
            </ul>
            <Pager
              total={data.total}
              page={search.page ?? 1}
              size={size}
              unit="条"
              onChange={(page, next) => change(pageToAddress(page, next))}
            />
          </>
        )
      )}
    </div>
  );
};
