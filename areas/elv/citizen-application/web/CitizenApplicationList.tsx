import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useCallback } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { ListPage } from '#web-kit/ListPage.tsx';
import list from '#web-kit/list-page.module.css';
import { isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { citizenApplicationSteps } from '../model/citizen-application.contract.ts';
import { applicationEnterprisesQuery, offeredListQuery, offeredPlace } from './citizen-application-api.ts';
import { citizenApplicationColumns } from './citizen-application-columns.tsx';
import { type CitizenApplicationSearch, citizenApplicationSearch } from './citizen-application-search.ts';
import { citizenApplicationsRoute } from './routes.tsx';

const states = [
  { value: 'submitted', label: '待企业接收' },
  { value: 'accepted', label: '企业已接收' },
];
/** What nobody but who sees all enterprises can find. */
const unchosen = [
  { value: 'declined', label: '企业未接收' },
  { value: 'expired', label: '企业逾期未答复' },
];
const waits = [1, 3, 7, 15, 30].map((days) => ({ value: days, label: `已 ${days} 天以上` }));

const Nothing = ({ search, several }: { search: CitizenApplicationSearch; several: boolean }) =>
  isFiltered(search) ? (
    <EmptyState title="没有符合条件的个人申请">放宽或清除上方的筛选条件。</EmptyState>
  ) : (
    <EmptyState title="还没有个人申请">
      {several
        ? '车主在“一网通办”提交报废申请后，申请会出现在这里。'
        : '车主在“一网通办”申请报废并选择您单位后，申请会出现在这里，请在期限内接收或说明不接收。'}
    </EmptyState>
  );

type Change = (next: Partial<CitizenApplicationSearch>) => void;

const EnterpriseAndWait = ({ search, change }: { search: CitizenApplicationSearch; change: Change }) => {
  const { data = [] } = useQuery(applicationEnterprisesQuery);
  return (
    <>
      <Select
        style={{ width: 220 }}
        aria-label="所选企业"
        popupRender={namedMenu('所选企业')}
        placeholder="所选企业"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.enterpriseId ?? null}
        options={data.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value: string | null | undefined) => change({ enterpriseId: value ?? undefined })}
      />
      <Select
        style={{ width: 160 }}
        aria-label="处于该状态"
        popupRender={namedMenu('处于该状态')}
        placeholder="处于该状态"
        allowClear
        value={search.waitedDays ?? null}
        options={waits}
        onChange={(value: number | null | undefined) => change({ waitedDays: value ?? undefined })}
      />
    </>
  );
};

/** The applications that chose one's enterprise; of all enterprises, to read only, for who supervises. Source: tender R44, R62. */
export const CitizenApplicationList = () => {
  const search = citizenApplicationsRoute.useSearch();
  const navigate = useNavigate({ from: '/elv/citizen-applications' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change = useCallback(
    (next: Partial<CitizenApplicationSearch>) =>
      void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  // Whoever may take applications looks at one's own; everybody else supervises.
  const several = !may(useSession(), citizenApplicationSteps.accept.permission);
  const found = useQuery({
    ...offeredListQuery(search),
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage
      title="个人申请"
      unit="件"
      found={found}
      columns={citizenApplicationColumns(several)}
      rowKey={({ id }) => id}
      place={({ id }) => offeredPlace(id)}
      tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
      empty={<Nothing search={search} several={several} />}
      search={search}
      onPage={change}
    >
      <div className={list.filters}>
        <TextFilter q={search.q} what="号牌、车辆识别代号、申请编号" onChange={change} />
        <Select
          style={{ width: 160 }}
          aria-label="状态"
          popupRender={namedMenu('状态')}
          placeholder="状态"
          allowClear
          value={search.state ?? null}
          options={several ? [...states, ...unchosen] : states}
          onChange={(state: string | null | undefined) =>
            change({ state: citizenApplicationSearch.shape.state.parse(state ?? undefined) })
          }
        />
        {several && <EnterpriseAndWait search={search} change={change} />}
      </div>
    </ListPage>
  );
};
