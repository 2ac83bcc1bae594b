import ImportOutlined from '@ant-design/icons/ImportOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { linkOptions, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback } from 'react';
import { z } from 'zod';
import { ColumnChooser } from '#web-kit/ColumnChooser.tsx';
import { DataTable } from '#web-kit/DataTable.tsx';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { defaultPageSize, isFiltered } from '#web-kit/list-search.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { useRemembered } from '#web-kit/remembered.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { chosenColumns } from '#web-kit/table-column.ts';
import { PeopleFilters } from './PeopleFilters.tsx';
import { columnsFor } from './people-columns.tsx';
import { type PeopleSearch, peopleSearch } from './people-search.ts';
import styles from './person.module.css';
import { choicesQuery, peopleQuery } from './person-api.ts';
import { peopleRoute } from './routes.tsx';

const chosenSchema = z.array(z.string().max(40)).max(60).nullable();

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
        <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/governance/people/import' })}>
          从 Excel 导入
        </Button>
      )}
      {may(session, 'governance.person:create') && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: '/governance/people/new' })}>
          新增用户
        </Button>
      )}
    </>
  );
};

const pageSize = (size: number): PeopleSearch['size'] =>
  size === defaultPageSize ? undefined : peopleSearch.shape.size.parse(size);

/** The accounts the signed-in person may look after. Source: tender R42. */
export const PeopleList = () => {
  const search = peopleRoute.useSearch();
  const change = useChange();
  const columns = columnsFor(useQuery(choicesQuery).data);
  const [chosen, setChosen] = useRemembered('governance.people.columns', chosenSchema, null);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...peopleQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.listPage}>
      <PageHeader
        title="用户"
        note={data && `${formatNumber(data.total)} 人`}
        actions={
          <>
            <ColumnChooser columns={columns} chosen={chosen} onChoose={(next) => setChosen(next && [...next])} />
            <Actions />
          </>
        }
      />
      <PeopleFilters search={search} onChange={change} />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption="用户列表"
            columns={chosenColumns(columns, chosen)}
            rows={data?.rows}
            rowKey={({ id }) => id}
            place={({ id }) => linkOptions({ to: '/governance/people/$personId', params: { personId: id } })}
            refreshing={isPlaceholderData}
            sort={search.sort ?? '-createdAt'}
            onSort={(sort) => change({ sort: peopleSearch.shape.sort.parse(sort) })}
            empty={<Nothing search={search} />}
            skeletonRows={search.size ?? defaultPageSize}
          />
          <Pager
            total={data?.total}
            page={search.page ?? 1}
            size={search.size ?? defaultPageSize}
            unit="人"
            onChange={(page, size) => change({ page: page > 1 ? page : undefined, size: pageSize(size) })}
          />
        </>
      )}
    </div>
  );
};
