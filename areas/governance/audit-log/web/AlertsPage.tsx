import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatMoment, formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { ReasonDialog, type ReasonQuestion } from '#web-kit/ReasonDialog.tsx';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { AlertView } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { alertsKey, alertsQuery, auditLogApi } from './audit-log-api.ts';
import { alertsRoute } from './routes.tsx';

const question: ReasonQuestion = {
  title: '处置告警',
  consequence: '处置后告警关闭，意见记入日志；之后再次发生会产生新的告警。',
  ask: 'reason',
  tone: 'primary',
  templates: ['已向本人核实，属正常业务', '已通知系统管理员停用账号', '已要求所在单位说明情况'],
};

const Handling = ({ alert, onDone }: { alert: AlertView; onDone: () => void }) => {
  const client = useQueryClient();
  const [opinion, setOpinion] = useState('');
  const handle = useMutation({
    mutationFn: () => auditLogApi.handleAlert({ id: alert.id, opinion: opinion.trim() }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
  return (
    <ReasonDialog
      question={question}
      reason={opinion}
      setReason={setOpinion}
      busy={handle.isPending}
      failure={handle.error ? failureOf(handle.error) : null}
      notes={[]}
      confirm={() => handle.mutate()}
      close={onDone}
    />
  );
};

const spanText = ({ from, until }: AlertView): string =>
  from.startsWith('1970') ? formatMoment(until) : `${formatMoment(from)} 至 ${formatMoment(until).slice(-5)}`;

const hasSearch = ({ search }: AlertView): boolean => Object.values(search).some((one) => one !== undefined);

const Line = ({ alert, onHandle }: { alert: AlertView; onHandle: (() => void) | undefined }) => (
  <tr data-level={alert.level}>
    <td>
      <SolidTag tone={alert.level === 'high' ? 'red' : 'amber'} title={alert.level === 'high' ? '高' : '中'} />
    </td>
    <td>{alert.title}</td>
    <td className={styles.wrap}>
      {alert.aboutName}
      <span className={styles.second}>{alert.words}</span>
    </td>
    <td>{spanText(alert)}</td>
    <td>
      <TimeText at={alert.raisedAt} />
    </td>
    {alert.state === 'handled' && (
      <td className={styles.wrap}>
        {alert.handledBy} <TimeText at={alert.handledAt} />
        <span className={styles.second}>{alert.opinion}</span>
      </td>
    )}
    <td className={styles.lineActions}>
      {hasSearch(alert) && (
        <Link to="/governance/audit" search={alert.search}>
          相关日志
        </Link>
      )}
      {onHandle && (
        <Button type="link" size="small" onClick={onHandle}>
          处置
        </Button>
      )}
      {alert.state === 'open' && alert.own && <span className={styles.second}>涉及本人，由其他审计员处置</span>}
    </td>
  </tr>
);

const Table = ({
  rows,
  handled,
  onHandle,
}: {
  rows: readonly AlertView[];
  handled: boolean;
  onHandle: ((alert: AlertView) => void) | undefined;
}) => (
  <div className={styles.tableBox}>
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.level}>
            级别
          </th>
          <th scope="col">告警</th>
          <th scope="col">涉及</th>
          <th scope="col">发生时间</th>
          <th scope="col">告警时间</th>
          {handled && <th scope="col">处置</th>}
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((alert) => (
          <Line
            key={alert.id}
            alert={alert}
            onHandle={onHandle && alert.state === 'open' && !alert.own ? () => onHandle(alert) : undefined}
          />
        ))}
      </tbody>
    </table>
  </div>
);

const tabs = [
  { state: 'open', title: '待处置' },
  { state: 'handled', title: '已处置' },
] as const;

/** Security alerts and their handling. Source: tender R45; domain 10.4 (an auditor never handles what is about himself). */
export const AlertsPage = () => {
  const { state = 'open', after } = alertsRoute.useSearch();
  const session = useSession();
  const [handling, setHandling] = useState<AlertView | null>(null);
  const { data, error, refetch } = useQuery({ ...alertsQuery(state, after), placeholderData: keepPreviousData });
  const mayHandle = may(session, 'governance.audit-log:handleAlert');
  return (
    <div className={styles.page}>
      <PageHeader title="安全告警" note={data && `待处置 ${formatNumber(data.open)} 条`} />
      <nav className={styles.tabs} aria-label="告警状态">
        {tabs.map((tab) => (
          <Link
            key={tab.state}
            to="/governance/alerts"
            search={{ state: tab.state === 'open' ? undefined : tab.state }}
            className={styles.tab}
            data-chosen={tab.state === state}
          >
            {tab.title}
          </Link>
        ))}
      </nav>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : data?.rows.length === 0 ? (
        <EmptyState title={state === 'open' ? '没有待处置的告警' : '还没有处置过告警'}>
          登录失败、大量查阅或导出、管理员夜间操作、反复越权、日志被破坏时，系统会在这里告警；规则见“日志设置”。
        </EmptyState>
      ) : (
        data && <Table rows={data.rows} handled={state === 'handled'} onHandle={mayHandle ? setHandling : undefined} />
      )}
      {data?.next && (
        <div className={styles.pages}>
          <Link to="/governance/alerts" search={{ state, after: data.next }}>
            更早的告警
          </Link>
        </div>
      )}
      {handling && <Handling alert={handling} onDone={() => setHandling(null)} />}
    </div>
  );
};
