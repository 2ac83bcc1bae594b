import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { linkOptions, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { clientOf } from '#kernel/contract/client.ts';
import { channels, channelTitles, deliveryState, deliveryTitles } from '#practices/notice/model/channel.ts';
import { type DeliveryRow, deliveryContract } from '#practices/notice/model/delivery.contract.ts';
import { transport } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import list from '#web-kit/list-page.module.css';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import { sendingRoute } from './routes.tsx';
import { filterOf, type SendingSearch, sendingSearch } from './sending-search.ts';

const api = clientOf(deliveryContract, transport);

const sendingQuery = (search: SendingSearch) =>
  queryOptions({
    queryKey: ['notice', 'sending', filterOf(search)],
    queryFn: () => api.list(filterOf(search)),
    refetchInterval: 60_000,
  });

const tones = {
  waiting: 'outside',
  sent: 'outside',
  delivered: 'done',
  failed: 'refused',
  'given-up': 'refused',
  'no-address': 'idle',
} as const;

const columns: readonly Column<DeliveryRow>[] = [
  { key: 'recipient', title: '接收人', width: 104, pinned: true, cell: ({ recipient }) => recipient.name },
  { key: 'organisation', title: '单位', width: 216, cell: ({ recipient }) => recipient.organisationName ?? '—' },
  { key: 'channel', title: '方式', width: 60, cell: ({ channel }) => channelTitles[channel] },
  {
    key: 'state',
    title: '状态',
    width: 168,
    cell: ({ state }) => <StateTag tone={tones[state]} title={deliveryTitles[state]} />,
  },
  { key: 'queuedAt', title: '提交时间', width: 140, cell: ({ queuedAt }) => <TimeText at={queuedAt} /> },
  { key: 'text', title: '内容', width: 320, cell: ({ text }) => <span title={text}>{text}</span> },
  { key: 'reason', title: '原因', width: 160, cell: ({ reason }) => reason ?? '—' },
  { key: 'changedAt', title: '状态时间', width: 140, cell: ({ changedAt }) => <TimeText at={changedAt} /> },
];

const Nothing = ({ search }: { search: SendingSearch }) =>
  search.channel || search.state ? (
    <EmptyState title="没有符合条件的消息">放宽或清除上方的筛选条件。</EmptyState>
  ) : (
    <EmptyState title="还没有发送过短信或邮件">办理结果通知企业时，短信和邮件的发送情况会出现在这里。</EmptyState>
  );

/** What became of short messages and mail, for those who look after the gateways. Source: tender R49. */
export const SendingPage = () => {
  const search = sendingRoute.useSearch();
  const navigate = useNavigate({ from: '/governance/sending' });
  const change = (next: Partial<SendingSearch>): void =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...next }) });
  const found = useQuery({
    ...sendingQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="消息发送"
      unit="条"
      found={found}
      columns={columns}
      place={({ recipient }) => linkOptions({ to: '/governance/people/$personId', params: { personId: recipient.id } })}
      rowKey={({ noticeId, channel }) => `${noticeId} ${channel}`}
      empty={<Nothing search={search} />}
      search={search}
      onPage={change}
    >
      <div className={list.filters}>
        <Select
          style={{ width: 120 }}
          aria-label="方式"
          popupRender={namedMenu('方式')}
          placeholder="方式"
          allowClear
          value={search.channel ?? null}
          options={channels.map((value) => ({ value, label: channelTitles[value] }))}
          onChange={(channel: string | null | undefined) =>
            change({ channel: sendingSearch.shape.channel.parse(channel ?? undefined) })
          }
        />
        <Select
          style={{ width: 240 }}
          aria-label="状态"
          popupRender={namedMenu('状态')}
          placeholder="状态"
          allowClear
          value={search.state ?? null}
          options={deliveryState.options.map((value) => ({
            value,
            label: deliveryTitles[value],
          }))}
          onChange={(state: string | null | undefined) =>
            change({ state: sendingSearch.shape.state.parse(state ?? undefined) })
          }
        />
      </div>
    </ListPage>
  );
};
