import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatBytes, formatMoment, formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import type { CaseExportView, ExportState } from '../model/case-export.contract.ts';
import { exportApi, exportsQuery, fileAddress, inHand } from './export-api.ts';
import { exportsRoute } from './routes.tsx';

const stateTitles: Readonly<Record<ExportState, string>> = {
  queued: '排队',
  running: '进行中',
  done: '完成',
  cancelled: '已取消',
  failed: '失败',
  expired: '已清除',
};

const partOf = ({ rows, total }: CaseExportView): number =>
  Math.min(100, Math.floor((rows / Math.max(total, 1)) * 100));

const State = ({ one }: { one: CaseExportView }) => (
  <>
    {stateTitles[one.state]}
    {one.state === 'running' && <Progress percent={partOf(one)} size="small" aria-label="导出进度" />}
    {one.failure !== null && <p className={styles.faulty}>{one.failure}</p>}
  </>
);

const Action = ({ one }: { one: CaseExportView }) => {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => exportApi.cancelExport({ exportId: one.id }),
    onSettled: () => client.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  if (one.state === 'done')
    return (
      <Button type="link" size="small" href={fileAddress(one.id)} download>
        下载
      </Button>
    );
  if (!inHand(one)) return null;
  return (
    <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      取消
    </Button>
  );
};

const Line = ({ one }: { one: CaseExportView }) => (
  <tr>
    <td>
      {one.conditions}
      <p className={styles.quiet}>事由：{one.reason}</p>
    </td>
    <td>{formatMoment(one.askedAt)}</td>
    <td>
      <State one={one} />
    </td>
    <td>{one.state === 'done' ? formatNumber(one.rows) : `${formatNumber(one.rows)} / ${formatNumber(one.total)}`}</td>
    <td>{one.sizeBytes === null ? '—' : formatBytes(one.sizeBytes)}</td>
    <td>{one.expiresAt === null ? '—' : formatMoment(one.expiresAt)}</td>
    <td>
      <Action one={one} />
    </td>
  </tr>
);

const columns = [
  ['条件', undefined],
  ['提出时间', 150],
  ['状态', 150],
  ['件数', 130],
  ['大小', 90],
  ['保留至', 150],
  ['操作', 80],
] as const;

/** Has the browser save the file that was just asked for, once, as soon as it is there. */
const useSaving = (list: readonly CaseExportView[]): void => {
  const { save } = exportsRoute.useSearch();
  const navigate = useNavigate();
  const state = list.find(({ id }) => id === save)?.state;
  useEffect(() => {
    if (save === undefined || state === undefined || state === 'queued' || state === 'running') return;
    if (state === 'done') {
      const link = document.createElement('a');
      link.href = fileAddress(save);
      link.download = '';
      link.click();
    }
    void navigate({ to: '/elv/vehicle-case-exports', search: {}, replace: true });
  }, [save, state, navigate]);
};

/** One's own exports of the list of cases: how far they are, and their files. Source: tender R14, R43. */
export const ExportsPage = () => {
  const { data = [], error, isPending } = useQuery(exportsQuery);
  useSaving(data);
  return (
    <div className={styles.page}>
      <PageHeader title="我的导出" note="案卷列表" />
      <div className={styles.sheets}>
        {error && <FailurePanel error={error} />}
        {!isPending && !error && data.length === 0 && (
          <EmptyState title="还没有导出">
            在案卷列表上方点“导出”，按列表的筛选条件导出 Excel，文件会出现在这里。
          </EmptyState>
        )}
        {data.length > 0 && (
          <ImportSheet label="我的导出" title="最近的导出">
            <p className={styles.quiet}>
              文件在后台生成，可以离开本页，完成后另有消息通知。每次导出和下载都记入日志。文件到期清除；每人保留的份数有限，有新的完成时，最早完成的先清除。
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys. */}
            <section className={styles.faults} aria-label="导出列表" tabIndex={0}>
              <table className={styles.table} style={{ minWidth: 960 }}>
                <thead>
                  <tr>
                    {columns.map(([title, width]) => (
                      <th key={title} scope="col" style={{ width }}>
                        {title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.map((one) => (
                    <Line key={one.id} one={one} />
                  ))}
                </tbody>
              </table>
            </section>
          </ImportSheet>
        )}
      </div>
    </div>
  );
};
