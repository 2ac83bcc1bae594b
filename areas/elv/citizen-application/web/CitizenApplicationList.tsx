import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useCallback } from 'react';
import { DataTable } from '#web-kit/DataTable.tsx';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { defaultPageSize, isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { offeredListQuery, offeredPlace } from './citizen-application-api.ts';
import { citizenApplicationColumns } from './citizen-application-columns.tsx';
import { type CitizenApplicationSearch, citizenApplicationSearch } from './citizen-application-search.ts';
import { citizenApplicationsRoute } from './routes.tsx';

const states = [
  { value: 'submitted', label: '待企业接收' },
  { value: 'accepted', label: '企业已接收' },
];

const Nothing = ({ search }: { search: CitizenApplicationSearch }) =>
  isFiltered(search) ? (
    <EmptyState title="没有符合条件的个人申请">放宽或清除上方的筛选条件。</EmptyState>
  ) : (
    <EmptyState title="还没有个人申请">
      车主在“一网通办”申请报废并选择您单位后，申请会出现在这里，请在期限内接收或说明不接收。
    </EmptyState>
  );

/** The applications that chose one's enterprise. Source: tender R62. */
export const CitizenApplicationList = () => {
  const search = citizenApplicationsRoute.useSearch();
  const navigate = useNavigate({ from: '/elv/citizen-applications' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change = useCallback(
    (next: Partial<CitizenApplicationSearch>) =>
      void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...offeredListQuery(search),
    placeholderData: keepPreviousData,
  });
  const { size } = citizenApplicationSearch.shape;
  return (
    <div className={list.listPage}>
      <PageHeader title="个人申请" note={data && `${formatNumber(data.total)} 件`} />
      <div className={list.filters}>
        <TextFilter q={search.q} what="号牌、车辆识别代号、申请编号" onChange={change} />
        <Select
          style={{ width: 160 }}
          aria-label="状态"
          popupRender={namedMenu('状态')}
          placeholder="状态"
          allowClear
          value={search.state ?? null}
          options={states}
          onChange={(state: string | null | undefined) =>
            change({ state: citizenApplicationSearch.shape.state.parse(state ?? undefined) })
          }
        />
      </div>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption="个人申请"
            columns={citizenApplicationColumns}
            rows={data?.rows}
            rowKey={({ id }) => id}
            place={({ id }) => offeredPlace(id)}
            tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
            refreshing={isPlaceholderData}
            empty={<Nothing search={search} />}
            skeletonRows={search.size ?? defaultPageSize}
          />
          <Pager
            total={data?.total}
            page={search.page ?? 1}
            size={search.size ?? defaultPageSize}
            unit="件"
            onChange={(page, wanted) =>
              change({
                page: page > 1 ? page : undefined,
                size: wanted === defaultPageSize ? undefined : size.parse(wanted),
              })
            }
          />
        </>
      )}
    </div>
  );
};
