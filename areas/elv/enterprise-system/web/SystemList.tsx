import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import proposals from '#practices/proposal/web/proposals.module.css';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { ListPage } from '#web-kit/ListPage.tsx';
import { defaultPageSize } from '#web-kit/list-search.ts';
import { StateTag } from '#web-kit/StateTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import type { SystemRow } from '../model/enterprise-system.contract.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { systemsRoute } from './routes.tsx';
import { systemPlace, systemsQuery } from './system-api.ts';
import { systemTone } from './system-tone.ts';
import styles from './systems.module.css';

const columns: readonly Column<SystemRow>[] = [
  { key: 'name', title: '系统名称', width: 200, pinned: true, fixed: true, cell: ({ name }) => name },
  {
    key: 'state',
    title: '状态',
    width: 120,
    fixed: true,
    cell: ({ state, stateTitle }) => <StateTag tone={systemTone(state)} title={stateTitle} />,
  },
  { key: 'enterprise', title: '企业', width: 240, cell: ({ enterpriseName }) => enterpriseName },
  {
    key: 'lastUsed',
    title: '最近调用',
    width: 150,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? '还没有' : <TimeText at={lastUsedAt} />),
  },
  {
    key: 'refused',
    title: '近 7 天被拒',
    width: 120,
    cell: ({ refusedCalls }) =>
      refusedCalls === 0 ? '没有' : <span className={styles.bad}>{formatNumber(refusedCalls)} 次</span>,
  },
  { key: 'until', title: '有效期至', width: 120, cell: ({ validUntil }) => validUntil ?? '长期' },
  { key: 'webhook', title: '接收推送', width: 100, cell: ({ webhookUrl }) => (webhookUrl === null ? '否' : '是') },
  { key: 'registered', title: '登记人', width: 130, cell: ({ registeredBy }) => registeredBy },
  { key: 'registeredAt', title: '登记时间', width: 150, cell: ({ registeredAt }) => <TimeText at={registeredAt} /> },
];

const Views = ({ all }: { all: boolean }) => (
  <div className={proposals.views} style={{ marginBottom: 12 }}>
    <Link to="/elv/enterprise-systems" search={{}} className={proposals.view} data-chosen={!all}>
      使用中与待确认
    </Link>
    <Link to="/elv/enterprise-systems" search={{ all: true }} className={proposals.view} data-chosen={all}>
      全部
    </Link>
  </div>
);

const Nothing = ({ registers }: { registers: boolean }) => (
  <EmptyState title="还没有企业系统">
    {registers
      ? '本企业有自己的业务系统的，可以登记它的公钥，由它直接报送案卷，不必再在这里录入一遍。'
      : '企业登记自己的业务系统之后，会出现在这里。'}
  </EmptyState>
);

/** The systems of enterprises that call by themselves. Source: issue “dismantlers’ own systems”. */
export const SystemList = () => {
  const search = systemsRoute.useSearch();
  const { all = false, page = 1, size = defaultPageSize } = search;
  const navigate = useNavigate({ from: '/elv/enterprise-systems' });
  const [registering, setRegistering] = useState(false);
  const registers = may(useSession(), 'elv.enterprise-system:register');
  const found = useQuery({
    ...systemsQuery({ show: all ? 'all' : 'living', page, size }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <ListPage
        title="企业系统"
        unit="个"
        note="企业自己的系统凭自己的签名报送案卷；企业登记公钥，商务委确认后生效"
        actions={
          registers && (
            <Button type="primary" onClick={() => setRegistering(true)}>
              登记系统
            </Button>
          )
        }
        found={found}
        columns={columns}
        rowKey={({ id }) => id}
        place={({ id }) => systemPlace(id)}
        empty={<Nothing registers={registers} />}
        search={search}
        onPage={(next) => void navigate({ search: (before) => ({ ...before, ...next }) })}
      >
        <Views all={all} />
      </ListPage>
      {registering && <RegisterDialog close={() => setRegistering(false)} />}
    </>
  );
};
