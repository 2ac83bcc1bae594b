import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { z } from 'zod';
import { ColumnChooser } from '#web-kit/ColumnChooser.tsx';
import { DataTable } from '#web-kit/DataTable.tsx';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { defaultPageSize, isFiltered } from '#web-kit/list-search.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { useRemembered } from '#web-kit/remembered.ts';
import { chosenColumns } from '#web-kit/table-column.ts';
import { withdrawalsRoute } from './routes.tsx';
import { type Change, WithdrawalFilters } from './WithdrawalFilters.tsx';
import { placeOf, withdrawalListQuery } from './withdrawal-api.ts';
import { withdrawalColumns } from './withdrawal-columns.tsx';
import { type WithdrawalSearch, withdrawalSearch } from './withdrawal-search.ts';

const chosenSchema = z.array(z.string().max(40)).max(60).nullable();

const pageSize = (size: number): WithdrawalSearch['size'] =>
  size === defaultPageSize ? undefined : withdrawalSearch.shape.size.parse(size);

const Nothing = ({ search }: { search: WithdrawalSearch }) =>
  isFiltered(search) ? (
    <EmptyState title="没有符合条件的撤销申请">放宽或清除上方的筛选条件。</EmptyState>
  ) : (
    <EmptyState title="还没有撤销申请">
      车辆要更换报废企业或终止报废时，在案卷页面点“申请撤销”；申请和审核情况会出现在这里。
    </EmptyState>
  );

/** The withdrawals the signed-in person may see. Source: tender R08, R09. */
export const WithdrawalList = () => {
  const search = withdrawalsRoute.useSearch();
  const navigate = useNavigate({ from: '/elv/withdrawals' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change: Change = useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  const [chosen, setChosen] = useRemembered('elv.withdrawal.columns', chosenSchema, null);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...withdrawalListQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={list.listPage}>
      <PageHeader
        title="撤销申请"
        note={data && `${formatNumber(data.total)} 件`}
        actions={
          <ColumnChooser
            columns={withdrawalColumns}
            chosen={chosen}
            onChoose={(next) => setChosen(next && [...next])}
          />
        }
      />
      <WithdrawalFilters search={search} onChange={change} />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption="撤销申请"
            columns={chosenColumns(withdrawalColumns, chosen)}
            rows={data?.rows}
            rowKey={({ id }) => id}
            place={({ id }) => placeOf(id)}
            tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
            refreshing={isPlaceholderData}
            sort={search.sort ?? '-stateSince'}
            onSort={(sort) => change({ sort: withdrawalSearch.shape.sort.parse(sort) })}
            empty={<Nothing search={search} />}
            skeletonRows={search.size ?? defaultPageSize}
          />
          <Pager
            total={data?.total}
            page={search.page ?? 1}
            size={search.size ?? defaultPageSize}
            unit="件"
            onChange={(page, size) => change({ page: page > 1 ? page : undefined, size: pageSize(size) })}
          />
        </>
      )}
    </div>
  );
};
