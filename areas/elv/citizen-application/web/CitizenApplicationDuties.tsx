import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { may, useSession } from '#web-kit/session.tsx';
import { offeredSummaryQuery } from './citizen-application-api.ts';

const accept = 'elv.citizen-application:accept';

const Waiting = () => {
  const { data } = useQuery(offeredSummaryQuery);
  if (!data || data.waiting === 0) return null;
  return (
    <section className={list.duties} aria-label="个人申请">
      <h2>个人申请</h2>
      <Link to="/elv/citizen-applications" search={{ state: 'submitted' }} className={list.duty}>
        <span>个人申请待接收</span>
        {data.overdue > 0 && <span className={list.late}>超期 {formatNumber(data.overdue)}</span>}
        <b>{formatNumber(data.waiting)}</b>
      </Link>
    </section>
  );
};

/** What of citizens' applications waits for one's enterprise: a part of the work page. */
export const CitizenApplicationDuties = () => (may(useSession(), accept) ? <Waiting /> : null);

/** How many wait for one's enterprise; undefined until known. */
export const useWaitingApplications = (): number | undefined => {
  const permitted = may(useSession(), accept);
  const { data } = useQuery({ ...offeredSummaryQuery, enabled: permitted });
  return permitted ? data?.waiting : 0;
};
