import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, linkOptions, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { ListPage } from '#web-kit/ListPage.tsx';
import { useColumnChoice } from '#web-kit/use-column-choice.tsx';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseViews } from './CaseViews.tsx';
import { caseListQuery } from './case-api.ts';
import { caseColumns } from './case-columns.tsx';
import { type CaseListSearch, caseListSearch, filterOf } from './case-list-search.ts';
import { ExportCases } from './ExportCases.tsx';
import { ImportCasesLink } from './ImportCasesLink.tsx';
import { OpenCase } from './OpenCase.tsx';
import { caseListRoute } from './routes.tsx';
import { sameView } from './saved-views.ts';

/** Each letter typed would be a step back of its own. */
const isTyping = (next: Partial<CaseListSearch>): boolean => 'q' in next && Object.keys(next).length === 1;

/** Changes part of the list's state in the address; anything but the page itself leads back to the first page. */
const useChange = (): ((next: Partial<CaseListSearch>) => void) => {
  const navigate = useNavigate({ from: '/elv/vehicle-cases' });
  return useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: isTyping(next) }),
    [navigate],
  );
};

const Nothing = ({ search, total }: { search: CaseListSearch; total: number }) =>
  total > 0 ? (
    <EmptyState title="这一页没有案卷">
      共 {formatNumber(total)} 件，都在前面。
      <Link to="/elv/vehicle-cases" search={{ ...search, page: undefined }}>
        回到第一页
      </Link>
    </EmptyState>
  ) : sameView({ ...search, sort: undefined, size: undefined }, {}) ? (
    <EmptyState title="还没有案卷">回收企业受理车辆后，案卷会出现在这里，按进入当前状态的时间排列。</EmptyState>
  ) : (
    <EmptyState title="没有符合条件的案卷">
      放宽或清除上方的筛选条件；按号牌或车辆识别代号查找时，请核对字母和数字。
    </EmptyState>
  );

/** All cases the signed-in person may see. Source: tender R14; shared design specification, list page. */
export const CaseList = () => {
  const search = caseListRoute.useSearch();
  const change = useChange();
  const { shown, chooser } = useColumnChoice('elv.case-list.columns', caseColumns);
  const found = useQuery({
    ...caseListQuery(filterOf(search)),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="案卷列表"
      unit="件"
      actions={
        <>
          {chooser}
          <ExportCases search={search} total={found.data?.total} />
          <ImportCasesLink />
          <OpenCase />
        </>
      }
      found={found}
      columns={shown}
      rowKey={({ id }) => id}
      place={({ id }) => linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId: id } })}
      tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
      sort={search.sort ?? '-stateSince'}
      onSort={(sort) => change({ sort: caseListSearch.shape.sort.parse(sort) })}
      empty={<Nothing search={search} total={found.data?.total ?? 0} />}
      search={search}
      onPage={change}
    >
      <CaseViews search={search} />
      <CaseFilters search={search} onChange={change} />
    </ListPage>
  );
};
