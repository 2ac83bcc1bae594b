import ImportOutlined from '@ant-design/icons/ImportOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import { isFiltered } from '#web-kit/list-search.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { useColumnChoice } from '#web-kit/use-column-choice.tsx';
import { ExportPractitioners } from './ExportPractitioners.tsx';
import { type Change, PractitionerFilters } from './PractitionerFilters.tsx';
import { placeOf, practitionerListQuery } from './practitioner-api.ts';
import { practitionerColumns } from './practitioner-columns.tsx';
import { type PractitionerSearch, practitionerSearch } from './practitioner-search.ts';
import { practitionersRoute } from './routes.tsx';

const Nothing = ({ search }: { search: PractitionerSearch }) =>
  isFiltered(search) ? (
    <EmptyState title="没有符合条件的人员">
      放宽或清除上方的筛选条件；姓名和身份证号码加密保存，查找时请输入完整的姓名或号码。
    </EmptyState>
  ) : (
    <EmptyState title="还没有从业人员">由回收拆解企业逐个登记，或从 Excel 导入本企业的人员。</EmptyState>
  );

const Actions = () => {
  const session = useSession();
  const navigate = useNavigate();
  return (
    <>
      {may(session, 'elv.practitioner:import') && (
        <Button
          icon={<ImportOutlined aria-hidden />}
          onClick={() => void navigate({ to: '/elv/practitioners/import' })}
        >
          从 Excel 导入
        </Button>
      )}
      {may(session, 'elv.practitioner:create') && (
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => void navigate({ to: '/elv/practitioners/new' })}
        >
          登记人员
        </Button>
      )}
    </>
  );
};

/** The people at work the signed-in person may see. Source: tender T2.10. */
export const PractitionerList = () => {
  const search = practitionersRoute.useSearch();
  const navigate = useNavigate({ from: '/elv/practitioners' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change: Change = useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  const { shown, chooser } = useColumnChoice('elv.practitioner.columns', practitionerColumns);
  const found = useQuery({
    ...practitionerListQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="从业人员"
      unit="人"
      actions={
        <>
          {chooser}
          <ExportPractitioners search={search} />
          <Actions />
        </>
      }
      found={found}
      columns={shown}
      rowKey={({ id }) => id}
      place={({ id }) => placeOf(id)}
      sort={search.sort ?? '-enteredAt'}
      onSort={(sort) => change({ sort: practitionerSearch.shape.sort.parse(sort) })}
      empty={<Nothing search={search} />}
      search={search}
      onPage={change}
    >
      <PractitionerFilters search={search} onChange={change} />
    </ListPage>
  );
};
