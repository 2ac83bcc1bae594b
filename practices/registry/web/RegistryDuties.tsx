import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import type { RegistrySummary } from '../model/registry.contract.ts';
import { Declare } from './RegistryList.tsx';
import styles from './registry.module.css';
import { searchOfDuty } from './registry-search.ts';
import { type RegistryWeb, summaryQuery } from './registry-web.ts';

type DutyOf = RegistrySummary['mine'][number];

/** An enterprise has one entry: what waits leads straight there. */
const Duty = ({ registry, duty, own }: { registry: RegistryWeb; duty: DutyOf; own: string | null }) => (
  <Link
    {...(own === null ? registry.places.list(searchOfDuty(duty.key)) : registry.places.entry(own))}
    className={list.duty}
  >
    <span>{duty.title}</span>
    {duty.overdue > 0 && duty.key !== 'lapsed' && <span className={list.late}>超期 {formatNumber(duty.overdue)}</span>}
    <b className={duty.key === 'lapsed' ? list.late : ''}>{formatNumber(duty.count)}</b>
  </Link>
);

/** What of a registry waits for the signed-in person, and what lapses soon: a part of the work page. Source: tender R49 (通知企业及相关部门). */
export const RegistryDuties = ({ registry }: { registry: RegistryWeb }) => {
  const { data } = useQuery(summaryQuery(registry));
  if (!data || (data.mine.length === 0 && data.ownNotes.length === 0 && !data.undeclared)) return null;
  return (
    <section className={list.duties} aria-label={registry.profile.title}>
      <h2>{registry.profile.title}</h2>
      {data.undeclared && <p className={styles.quiet}>{registry.flow.words.undeclared}。</p>}
      {data.ownNotes.map(({ key, title, text }) => (
        <p key={key} className={styles.note}>
          {data.ownEntryId === null ? title : <Link {...registry.places.entry(data.ownEntryId)}>{title}</Link>}
          {text}
        </p>
      ))}
      <Declare registry={registry} />
      {data.mine.map((duty) => (
        <Duty key={duty.key} registry={registry} duty={duty} own={data.ownEntryId} />
      ))}
    </section>
  );
};

/** How many matters of a registry wait for the signed-in person; undefined until known. Warnings of lapsing are no work yet. */
export const useWaitingEntries = (registry: RegistryWeb, permitted: boolean): number | undefined => {
  const { data } = useQuery({ ...summaryQuery(registry), enabled: permitted });
  if (!permitted) return 0;
  return data?.mine.filter(({ key }) => key !== 'lapsing').reduce((sum, { count }) => sum + count, 0);
};
