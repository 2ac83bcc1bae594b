import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { may, useSession } from '#web-kit/session.tsx';
import { practitionerSummaryQuery } from './practitioner-api.ts';
import type { PractitionerSearch } from './practitioner-search.ts';

const read = 'elv.practitioner:read';

const duties = [
  ['disputed', '行为记录有异议待处理', { conduct: 'disputed' }],
  ['lapsed', '证书已到期的人员', { certificate: 'lapsed', standing: 'working' }],
  ['lapsing', '证书即将到期的人员', { certificate: 'lapsing', standing: 'working' }],
] as const satisfies readonly (readonly [string, string, PractitionerSearch])[];

const Waiting = () => {
  const { data } = useQuery(practitionerSummaryQuery);
  if (!data || duties.every(([name]) => data[name] === 0)) return null;
  return (
    <section className={list.duties} aria-label="从业人员">
      <h2>从业人员</h2>
      {duties.map(([name, title, search]) =>
        data[name] === 0 ? null : (
          <Link key={name} to="/elv/practitioners" search={search} className={list.duty}>
            <span>{title}</span>
            <b>{formatNumber(data[name])}</b>
          </Link>
        ),
      )}
    </section>
  );
};

/** What of people at work waits for the signed-in person: a part of the work page. */
export const PractitionerDuties = () => (may(useSession(), read) ? <Waiting /> : null);

/** How many disputed records wait for the signed-in person; undefined until known. */
export const useWaitingConducts = (): number | undefined => {
  const permitted = may(useSession(), read);
  const { data } = useQuery({ ...practitionerSummaryQuery, enabled: permitted });
  return permitted ? data?.disputed : 0;
};
