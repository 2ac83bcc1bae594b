import ImportOutlined from '@ant-design/icons/ImportOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { linkOptions, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import { isFiltered } from '#web-kit/list-search.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { useColumnChoice } from '#web-kit/use-column-choice.tsx';
import { PeopleFilters } from './PeopleFilters.tsx';
import { columnsFor } from './people-columns.tsx';
import { type PeopleSearch, peopleSearch } from './people-search.ts';
import { choicesQuery, peopleQuery } from './person-api.ts';
import { peopleRoute } from './routes.tsx';

/** Changes part of the list's state in the address; anything but the page itself leads back to the first page. */
const useChange = (): ((next: Partial<PeopleSearch>) => void) => {
  const navigate = useNavigate({ from: '/governance/people' });
  return useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
};

const Nothing = ({ search }: { search: PeopleSearch }) =>
  isFiltered(search) ? (
    <EmptyState title="没有符合条件的用户">
      放宽或清除上方的筛选条件；按手机或身份证号码查找时，请输入完整的号码。
    </EmptyState>
  ) : (
    <EmptyState title="还没有用户">新增或导入的用户会出现在这里。</EmptyState>
  );

const Actions = () => {
  const session = useSession();
  const navigate = useNavigate();
  return (
    <>
      {may(session, 'governance.person:import') && (
        <Button
          icon={<ImportOutlined aria-hidden />}
          onClick={() => void navigate({ to: '/governance/people/import' })}
        >
          从 Excel 导入
        </Button>
      )}
      {may(session, 'governance.person:create') && (
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => void navigate({ to: '/governance/people/new' })}
        >
          新增用户
        </Button>
      )}
    </>
  );
};

/** The accounts the signed-in person may look after. Source: tender R42. */
export const PeopleList = () => {
  const search = peopleRoute.useSearch();
  const change = useChange();
  const { data: choices } = useQuery(choicesQuery);
  const { shown, chooser } = useColumnChoice('governance.people.columns', columnsFor(choices));
  const found = useQuery({
    ...peopleQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="用户"
      caption="用户列表"
      unit="人"
      actions={
        <>
          {chooser}
          <Actions />
        </>
      }
      found={found}
      columns={shown}
      rowKey={({ id }) => id}
      place={({ id }) => linkOptions({ to: '/governance/people/$personId', params: { personId: id } })}
      sort={search.sort ?? '-createdAt'}
      onSort={(sort) => change({ sort: peopleSearch.shape.sort.parse(sort) })}
      empty={<Nothing search={search} />}
      search={search}
      onPage={change}
    >
      <PeopleFilters search={search} onChange={change} />
    </ListPage>
  );
};
