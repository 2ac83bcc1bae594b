import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { Pager } from '#web-kit/Pager.tsx';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { StateTag, type StateTone } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { ApplicationRow } from '../model/access-change.contract.ts';
import { accessChangeLifecycle } from '../model/access-change.lifecycle.ts';
import styles from './access.module.css';
import { accessApi, accessKey, applicationsQuery } from './access-api.ts';
import { applicationsRoute } from './routes.tsx';

type Decision = ApplicationRow['actions'][number];

const tones: Readonly<Record<string, StateTone>> = {
  proposed: 'ours',
  approved: 'done',
  refused: 'refused',
  withdrawn: 'idle',
};
const asks: Readonly<Record<Decision, 'opinion' | 'reason' | 'nothing'>> = {
  approve: 'opinion',
  refuse: 'reason',
  withdraw: 'nothing',
};
const templates: Readonly<Record<Decision, readonly string[]>> = {
  approve: ['同意', '符合岗位职责'],
  refuse: ['与岗位职责不符', '范围过大，请缩小后再申请', '理由不充分，请补充依据'],
  withdraw: [],
};

const DecisionDialog = ({ row, action, onClose }: { row: ApplicationRow; action: Decision; onClose: () => void }) => {
  const [text, setText] = useState('');
  const [key] = useState(newKey);
  const client = useQueryClient();
  const { message } = App.useApp();
  const definition = accessChangeLifecycle.actions[action];
  const decide = useMutation({
    mutationFn: () =>
      accessApi[action]({
        id: row.id,
        version: row.version,
        key,
        input: asks[action] === 'reason' ? { reason: text } : asks[action] === 'opinion' ? { opinion: text } : {},
      }),
    onSuccess: () => {
      void message.success(`已${definition.title}：${row.summary}`);
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  return (
    <ReasonDialog
      question={{
        title: definition.title,
        consequence: `${row.summary}。${'consequence' in definition ? `${definition.consequence}。` : ''}`,
        ask: asks[action],
        tone: action === 'approve' ? 'primary' : action === 'refuse' ? 'danger' : 'plain',
        templates: templates[action],
      }}
      reason={text}
      setReason={setText}
      busy={decide.isPending}
      failure={decide.error ? failureOf(decide.error) : null}
      notes={[]}
      confirm={() => decide.mutate()}
      close={onClose}
    />
  );
};

const Line = ({ row, onDecide }: { row: ApplicationRow; onDecide: (action: Decision) => void }) => (
  <tr>
    <td>
      <StateTag tone={tones[row.state] ?? 'idle'} title={row.stateTitle} />
    </td>
    <td>{row.kindTitle}</td>
    <td className={styles.wide}>
      {row.summary}
      <span className={styles.reason}>理由：{row.reason}</span>
    </td>
    <td>
      {row.proposedBy} <TimeText at={row.proposedAt} />
    </td>
    <td>
      {row.decidedBy === null ? (
        row.waitsForAnother && <span className={styles.second}>等另一名安全管理员</span>
      ) : (
        <>
          {row.decidedBy} <TimeText at={row.decidedAt} />
          {row.opinion && <span className={styles.reason}>意见：{row.opinion}</span>}
        </>
      )}
    </td>
    <td className={styles.lineActions}>
      {row.actions.map((action) => (
        <Button
          key={action}
          size="small"
          type={action === 'approve' ? 'primary' : 'default'}
          onClick={() => onDecide(action)}
        >
          {accessChangeLifecycle.actions[action].title}
        </Button>
      ))}
    </td>
  </tr>
);

/** Applications for permissions: those that wait for a second person first. Source: tender R43; domain 10.4. */
export const ApplicationsPage = () => {
  const { all, page = 1, size = 20 } = applicationsRoute.useSearch();
  const navigate = useNavigate({ from: '/governance/access-changes' });
  const [deciding, setDeciding] = useState<{ row: ApplicationRow; action: Decision } | null>(null);
  const { data, error, refetch } = useQuery({
    ...applicationsQuery({ ...(all ? {} : { open: 'true' }), page, size }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.page}>
      <PageHeader title="授权申请" note="一人申请，另一人批准；两步都由本人签名" />
      <div className={styles.views}>
        <Link to="/governance/access-changes" search={{}} className={styles.view} data-chosen={!all}>
          待审批
        </Link>
        <Link to="/governance/access-changes" search={{ all: true }} className={styles.view} data-chosen={all === true}>
          全部
        </Link>
      </div>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <div className={styles.tableBox} aria-busy={data === undefined}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th>状态</th>
                  <th>类别</th>
                  <th>内容</th>
                  <th>申请</th>
                  <th>审批</th>
                  <th>办理</th>
                </tr>
              </thead>
              <tbody>
                {data?.rows.map((row) => (
                  <Line key={row.id} row={row} onDecide={(action) => setDeciding({ row, action })} />
                ))}
              </tbody>
            </table>
            {data?.rows.length === 0 && (
              <EmptyState title={all ? '还没有授权申请' : '没有待审批的申请'}>
                在“角色”页授予、收回或修改角色，会在这里留下申请。
              </EmptyState>
            )}
          </div>
          <Pager
            total={data?.total}
            page={page}
            size={size}
            unit="件"
            onChange={(next, chosen) =>
              void navigate({
                search: (before) => ({
                  ...before,
                  page: next > 1 ? next : undefined,
                  size: chosen === 50 || chosen === 100 ? chosen : undefined,
                }),
              })
            }
          />
        </>
      )}
      {deciding && <DecisionDialog {...deciding} onClose={() => setDeciding(null)} />}
    </div>
  );
};
