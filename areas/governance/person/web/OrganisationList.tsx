import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { defaultPageSize } from '#web-kit/list-search.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { OrganisationView } from '../model/organisation.contract.ts';
import { OrganisationDialog } from './OrganisationDialog.tsx';
import { organisationsSearch } from './people-search.ts';
import styles from './person.module.css';
import { organisationsQuery } from './person-api.ts';
import { districtTitle } from './person-words.ts';
import { organisationsRoute } from './routes.tsx';

const Rows = ({
  rows,
  correct,
}: {
  rows: readonly OrganisationView[];
  correct: ((one: OrganisationView) => void) | null;
}) => (
  <div className={styles.organisations}>
    <table className={styles.table} aria-label="单位列表">
      <thead>
        <tr>
          <th scope="col">单位名称</th>
          <th scope="col">统一社会信用代码</th>
          <th scope="col">所在区</th>
          <th scope="col">单位类别</th>
          <th scope="col">账号数</th>
          {correct && <th scope="col">操作</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td>{one.name}</td>
            <td>{one.creditCode}</td>
            <td>{districtTitle(one.districtCode)}</td>
            <td>{one.kindTitle}</td>
            <td>{formatNumber(one.people)}</td>
            {correct && (
              <td>
                <Button size="small" type="link" aria-label={`更正 ${one.name}`} onClick={() => correct(one)}>
                  更正
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** The organisations people belong to: without one, no enterprise can begin. Source: tender R42. */
export const OrganisationList = () => {
  const search = organisationsRoute.useSearch();
  const navigate = useNavigate({ from: '/governance/organisations' });
  const session = useSession();
  const [open, setOpen] = useState<OrganisationView | 'new' | null>(null);
  const { data, error, refetch } = useQuery({ ...organisationsQuery(search), placeholderData: keepPreviousData });
  const change = (next: object) =>
    void navigate({ search: (before) => organisationsSearch.parse({ ...before, page: undefined, ...next }) });
  const mayCorrect = may(session, 'governance.organisation:correct');
  return (
    <div className={list.listPage}>
      <PageHeader
        title="单位"
        note={data && `${formatNumber(data.total)} 家`}
        actions={
          may(session, 'governance.organisation:register') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen('new')}>
              登记单位
            </Button>
          )
        }
      />
      <div className={list.filters}>
        <Input.Search
          aria-label="查找单位"
          placeholder="名称或统一社会信用代码"
          allowClear
          style={{ width: 320 }}
          defaultValue={search.q ?? ''}
          onSearch={(q) => change({ q })}
        />
      </div>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : data && data.rows.length === 0 ? (
        <EmptyState title={search.q === undefined ? '还没有单位' : '没有符合条件的单位'}>
          {search.q === undefined ? '登记单位后，才能为它开通人员账号。' : '换一个名称或代码再查。'}
        </EmptyState>
      ) : (
        <Rows rows={data?.rows ?? []} correct={mayCorrect ? setOpen : null} />
      )}
      <Pager
        total={data?.total}
        page={search.page ?? 1}
        size={search.size ?? defaultPageSize}
        unit="家"
        onChange={(page, size) => change({ page, size })}
      />
      {open && <OrganisationDialog one={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </div>
  );
};
