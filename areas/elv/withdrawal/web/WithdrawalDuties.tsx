import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { may, useSession } from '#web-kit/session.tsx';
import { withdrawalSummaryQuery } from './withdrawal-api.ts';

const read = 'elv.withdrawal:read';

/** What waits in which state, called by what is to be done there. */
const dutyTitles: Readonly<Record<string, string>> = {
  drafting: '撤销申请待提交',
  internalReview: '撤销申请待内部审核',
  commissionReview: '撤销申请待商委审核',
  nationalRefused: '全国系统未准，待处理',
  awaitingTakeOver: '车辆待接收',
};

const Waiting = () => {
  const { data } = useQuery(withdrawalSummaryQuery);
  if (!data || data.mine.length === 0) return null;
  return (
    <section className={list.duties} aria-label="撤销申请">
      <h2>撤销申请</h2>
      {data.mine.map(({ state, title, count, overdue }) => (
        <Link key={state} to="/elv/withdrawals" search={{ mine: true, state: [state] }} className={list.duty}>
          <span>{dutyTitles[state] ?? title}</span>
          {overdue > 0 && <span className={list.late}>超期 {formatNumber(overdue)}</span>}
          <b>{formatNumber(count)}</b>
        </Link>
      ))}
    </section>
  );
};

/** What of withdrawals waits for the signed-in person: a part of the work page. */
export const WithdrawalDuties = () => (may(useSession(), read) ? <Waiting /> : null);

/** How many withdrawals wait for the signed-in person; undefined until known. */
export const useWaitingWithdrawals = (): number | undefined => {
  const permitted = may(useSession(), read);
  const { data } = useQuery({ ...withdrawalSummaryQuery, enabled: permitted });
  return permitted ? data?.mine.reduce((sum, { count }) => sum + count, 0) : 0;
};
