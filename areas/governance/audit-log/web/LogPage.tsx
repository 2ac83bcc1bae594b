import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, linkOptions, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { DataTable } from '#web-kit/DataTable.tsx';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import styles from './audit-log.module.css';
import { countQuery, entriesQuery } from './audit-log-api.ts';
import { EntryDrawer } from './EntryDrawer.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { entryColumns } from './entry-columns.tsx';
import { LogFilters } from './LogFilters.tsx';
import { countText, filterOf, isFiltered, type LogSearch, withFilter } from './log-search.ts';
import { logRoute } from './routes.tsx';

const Pages = ({ search, next, shown }: { search: LogSearch; next: string | null | undefined; shown: number }) => (
  <div className={styles.pages}>
    <span>
      本页 {shown} 条，由近及远{search.after ? '，已翻到较早的记录' : ''}
    </span>
    {search.after && (
      <Link to="/governance/audit" search={filterOf(search)}>
        回到最新
      </Link>
    )}
    {next && (
      <Link to="/governance/audit" search={{ ...filterOf(search), after: next }}>
        更早的记录
      </Link>
    )}
  </div>
);

/** The log: searched by every dimension, an entry in full beside it. Source: tender R45; domain 10.3. */
export const LogPage = () => {
  const search = logRoute.useSearch();
  const session = useSession();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState(false);
  const filter = filterOf(search);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...entriesQuery(filter, search.after),
    placeholderData: keepPreviousData,
  });
  const { data: counted } = useQuery({ ...countQuery(filter), placeholderData: keepPreviousData });
  const change = useCallback(
    (next: Parameters<typeof withFilter>[1]) =>
      void navigate({ to: '/governance/audit', search: withFilter(search, next) }),
    [navigate, search],
  );
  return (
    <div className={styles.page}>
      <PageHeader
        title="日志"
        note={counted && countText(counted.count, counted.more)}
        actions={
          may(session, 'governance.audit-log:export') && (
            <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setExporting(true)}>
              导出
            </Button>
          )
        }
      />
      <LogFilters search={search} onChange={change} />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption="日志"
            columns={entryColumns}
            rows={data?.rows}
            rowKey={({ chain, seq }) => `${chain} ${seq}`}
            place={({ chain, seq }) => linkOptions({ to: '/governance/audit', search: { ...search, chain, seq } })}
            refreshing={isPlaceholderData}
            empty={
              isFiltered(search) ? (
                <EmptyState title="没有符合条件的日志">放宽时间范围，或清除上方的筛选条件。</EmptyState>
              ) : (
                <EmptyState title="还没有日志">
                  登录、查阅、办理、对外报文和系统事件发生后，会按时间列在这里。
                </EmptyState>
              )
            }
            skeletonRows={20}
          />
          <Pages search={search} next={data?.next} shown={data?.rows.length ?? 0} />
        </>
      )}
      <EntryDrawer search={search} />
      {exporting && <ExportDialog filter={filter} onClose={() => setExporting(false)} />}
    </div>
  );
};
