import { useQuery } from '@tanstack/react-query';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { WorkBeside } from '#web-kit/work-beside.tsx';
import { caseSummaryQuery } from './case-api.ts';
import styles from './my-work.module.css';
import { OpenCase } from './OpenCase.tsx';
import { OutsideLine } from './OutsideLine.tsx';
import { myWorkRoute } from './routes.tsx';
import { StatesOverview } from './StatesOverview.tsx';
import { WorkCounts } from './WorkCounts.tsx';
import { WorkTable } from './WorkTable.tsx';

const Note = ({ count, overdue }: { count: number; overdue: number }) => (
  <>
    等您处理 {formatNumber(count)} 件
    {overdue > 0 && (
      <>
        ，其中<span className={styles.overdue}>超期 {formatNumber(overdue)} 件</span>
      </>
    )}
  </>
);

/** What waits of vehicle cases, for whoever may see them. */
const CaseWork = () => {
  const { state } = myWorkRoute.useSearch();
  const { data, error, refetch } = useQuery(caseSummaryQuery);
  const mine = data?.mine ?? [];
  const count = mine.reduce((sum, one) => sum + one.count, 0);
  const overdue = mine.reduce((sum, one) => sum + one.overdue, 0);
  return (
    <div className={styles.page}>
      <PageHeader title="我的工作" note={data && <Note count={count} overdue={overdue} />} actions={<OpenCase />} />
      {error && <FailurePanel error={error} retry={() => void refetch()} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <WorkCounts mine={data?.mine} chosen={state} />
          <WorkTable state={state} waiting={data && count} />
        </div>
        <aside className={styles.aside}>
          <WorkBeside />
          <OutsideLine summary={data} />
          <StatesOverview summary={data} />
        </aside>
      </div>
    </div>
  );
};

/**
 * The landing page after sign-in: what waits for this person by kind, the most overdue first, one click to the next.
 * Source: tender R14; shared design specification, "my work first".
 */
export const MyWork = () => {
  const session = useSession();
  if (may(session, 'elv.vehicle-case:read')) return <CaseWork />;
  return (
    <div className={styles.page}>
      <PageHeader title="我的工作" note={session.name} />
      <div className={styles.alone}>
        <WorkBeside />
      </div>
    </div>
  );
};
