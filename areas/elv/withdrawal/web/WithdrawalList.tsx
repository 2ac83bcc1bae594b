import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import { isFiltered } from '#web-kit/list-search.ts';
import { useColumnChoice } from '#web-kit/use-column-choice.tsx';
import { withdrawalsRoute } from './routes.tsx';
import { type Change, WithdrawalFilters } from './WithdrawalFilters.tsx';
import { placeOf, withdrawalListQuery } from './withdrawal-api.ts';
import { withdrawalColumns } from './withdrawal-columns.tsx';
import { type WithdrawalSearch, withdrawalSearch } from './withdrawal-search.ts';

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
  const { shown, chooser } = useColumnChoice('elv.withdrawal.columns', withdrawalColumns);
  const found = useQuery({
    ...withdrawalListQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="撤销申请"
      unit="件"
      actions={chooser}
      found={found}
      columns={shown}
      rowKey={({ id }) => id}
      place={({ id }) => placeOf(id)}
      tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
      sort={search.sort ?? '-stateSince'}
      onSort={(sort) => change({ sort: withdrawalSearch.shape.sort.parse(sort) })}
      empty={<Nothing search={search} />}
      search={search}
      onPage={change}
    >
      <WithdrawalFilters search={search} onChange={change} />
    </ListPage>
  );
};
