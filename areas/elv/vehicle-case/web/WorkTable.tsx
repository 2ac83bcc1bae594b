import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, linkOptions, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { DataTable } from '#web-kit/DataTable.tsx';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { CaseRow } from '../model/vehicle-case.views.ts';
import { caseListQuery } from './case-api.ts';
import { caseColumnsOf } from './case-columns.tsx';
import styles from './my-work.module.css';

/** How many lines of waiting work are shown; the rest is one click away in the list. */
const shown = 30;

const columns = caseColumnsOf(
  'plate',
  'caseNo',
  'state',
  'deadline',
  'marks',
  'brandModel',
  'owner',
  'enterprise',
  'stateSince',
);

const placeOf = ({ id }: CaseRow) => linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId: id } });

const NothingWaits = () => {
  const session = useSession();
  return may(session, 'elv.vehicle-case:open') ? (
    <EmptyState title="没有等您处理的案卷">
      点右上角的新建受理，登记交来的车辆；被退回、可以继续填写的案卷也会出现在这里。
    </EmptyState>
  ) : (
    <EmptyState title="没有等您处理的案卷">轮到您处理的案卷会出现在这里，最急的排在最前。</EmptyState>
  );
};

/** What has moved lately, for whoever has nothing to do: an observer lands on news, not on an empty page. */
const RecentTable = () => {
  const { data, error, refetch } = useQuery(caseListQuery({ sort: '-stateSince', size: shown }));
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  if (data?.rows.length === 0) return null;
  return (
    <>
      <div className={styles.workHead}>
        <h2 className={styles.heading}>最近变动的案卷</h2>
        <Link to="/elv/vehicle-cases">查看全部</Link>
      </div>
      <DataTable
        caption="最近变动的案卷"
        columns={columns}
        rows={data?.rows}
        rowKey={({ id }) => id}
        place={placeOf}
        tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
        empty={null}
      />
    </>
  );
};

/** The cases that wait for this person, the nearest deadline first, with the next one a click away. */
export const WorkTable = ({ state, waiting }: { state: string | undefined; waiting: number | undefined }) => {
  const navigate = useNavigate();
  const filter = { mine: 'true', sort: 'deadlineAt', size: shown, ...(state ? { state: [state] } : {}) } as const;
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...caseListQuery(filter),
    placeholderData: keepPreviousData,
  });
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  const next = isPlaceholderData ? undefined : data?.rows[0];
  if (data?.total === 0 && !state && !isPlaceholderData) {
    return (
      <section className={styles.work} aria-label="等我处理的案卷">
        <div className={styles.nothing}>
          <NothingWaits />
        </div>
        <RecentTable />
      </section>
    );
  }
  const more = data !== undefined && data.total > data.rows.length;
  return (
    <section className={styles.work} aria-label="等我处理的案卷">
      <div className={styles.workHead}>
        <h2 className={styles.heading}>期限最近的在前</h2>
        {more && (
          <Link
            to="/elv/vehicle-cases"
            search={{ mine: true, sort: 'deadlineAt', ...(state ? { state: [state] } : {}) }}
          >
            查看全部 {data.total} 件
          </Link>
        )}
        {next && (
          <Button type="primary" ghost className={styles.next ?? ''} onClick={() => void navigate(placeOf(next))}>
            处理最急的一件
          </Button>
        )}
      </div>
      <DataTable
        caption="等我处理的案卷"
        columns={columns}
        rows={data?.rows}
        rowKey={({ id }) => id}
        place={placeOf}
        tone={({ overdue }) => (overdue ? 'overdue' : undefined)}
        refreshing={isPlaceholderData}
        empty={<NothingWaits />}
        skeletonRows={Math.min(waiting ?? 8, 12)}
      />
    </section>
  );
};
