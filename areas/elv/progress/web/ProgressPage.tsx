import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatMoment, formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import type { ProgressFigures } from '../model/progress.contract.ts';
import { KeyFigures } from './KeyFigures.tsx';
import { ProgressFilters } from './ProgressFilters.tsx';
import styles from './progress.module.css';
import { progressQuery } from './progress-api.ts';
import { type ProgressSearch, spanOf } from './progress-search.ts';
import { Queues } from './Queues.tsx';
import { progressRoute } from './routes.tsx';
import { Shares } from './Shares.tsx';
import { StageDurations } from './StageDurations.tsx';

const comparedText = ({ compared }: ProgressFigures): string => {
  if (!compared) return '尚未与办理记录核对';
  const { at, differences } = compared;
  const outcome = differences === 0 ? '一致' : `${formatNumber(differences)} 个数不一致，已按办理记录更正`;
  return `${formatMoment(at)} 与签名的办理记录核对：${outcome}`;
};

/** How cases get on: how long stages take, where cases wait, how they are spread. Every number leads to the cases it is of. Source: tender R14. */
export const ProgressPage = () => {
  const search = progressRoute.useSearch();
  const navigate = useNavigate({ from: '/elv/progress' });
  const change = useCallback(
    (next: ProgressSearch) => void navigate({ search: (before) => ({ ...before, ...next }) }),
    [navigate],
  );
  const span = spanOf(search, shanghaiDay(new Date()));
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...progressQuery({
      ...span,
      ...(search.district ? { districtCode: search.district } : {}),
      ...(search.enterprise ? { enterpriseId: search.enterprise } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.page}>
      <PageHeader title="办理进度" note={data && `截至 ${formatMoment(data.asOf)}`} />
      <ProgressFilters search={search} span={span} figures={data} onChange={change} />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div className={styles.figures} data-refreshing={isPlaceholderData} aria-busy={data === undefined}>
          <KeyFigures figures={data} search={search} />
          {data && data.opened + data.queues.reduce((sum, { count }) => sum + count, 0) === 0 ? (
            <EmptyState title="这段时间没有案卷">
              企业受理车辆后，各阶段用时和等待的案卷会按天汇总在这里。可以放宽期间，或清除区和企业的筛选。
            </EmptyState>
          ) : (
            data && (
              <>
                <div className={styles.pair}>
                  <div>
                    <StageDurations figures={data} />
                    <Shares
                      of="district"
                      figures={data}
                      search={search}
                      onChoose={(district) => change({ district })}
                    />
                  </div>
                  <Queues figures={data} search={search} />
                </div>
                <Shares
                  of="enterprise"
                  figures={data}
                  search={search}
                  onChoose={(enterprise) => change({ enterprise })}
                />
                <p className={styles.footnote}>用时为约数，误差在一成以内。{comparedText(data)}。</p>
              </>
            )
          )}
        </div>
      )}
    </div>
  );
};
