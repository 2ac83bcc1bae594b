import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { may, useSession } from '#web-kit/session.tsx';
import { systemsQuery } from './system-api.ts';

const waitingQuery = { ...systemsQuery({ show: 'waiting', size: 1 }), refetchInterval: 60_000 };
const useConfirms = (): boolean => may(useSession(), 'elv.enterprise-system:confirm');

/** How many registrations wait for the signed-in person; undefined until known. */
export const useWaitingSystems = (): number | undefined => {
  const confirms = useConfirms();
  const { data } = useQuery({ ...waitingQuery, enabled: confirms });
  return confirms ? data?.total : 0;
};

/** Systems whose keys wait to be confirmed, for those who confirm them. */
export const SystemDuties = () => {
  const { data } = useQuery({ ...waitingQuery, enabled: useConfirms() });
  if (!data || data.total === 0) return null;
  return (
    <section className={list.duties} aria-labelledby="system-duties">
      <h2 id="system-duties">企业系统</h2>
      <Link to="/elv/enterprise-systems" className={list.duty}>
        待确认的登记 <b>{formatNumber(data.total)}</b>
      </Link>
    </section>
  );
};
