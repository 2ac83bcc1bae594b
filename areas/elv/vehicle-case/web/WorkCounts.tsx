import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { formatDay, formatElapsed, formatNumber } from '#web-kit/format.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import styles from './my-work.module.css';

type Kind = OutputOf<typeof vehicleCaseContract.summary>['mine'][number];

const Count = ({ kind, chosen }: { kind: Kind; chosen: boolean }) => (
  <Link
    to="/elv/my-work"
    search={chosen ? {} : { state: kind.state }}
    className={styles.count}
    activeOptions={{ exact: true }}
    data-chosen={chosen}
    title={kind.oldest ? `最早一件自 ${formatDay(kind.oldest)} 起等待` : undefined}
  >
    <span className={styles.countTitle}>{kind.title}</span>
    <span className={styles.countNumber}>{formatNumber(kind.count)}</span>
    <span className={styles.countNote}>
      {kind.overdue > 0 && <b className={styles.overdue}>超期 {formatNumber(kind.overdue)}</b>}
      {kind.oldest && <span>最久 {formatElapsed(kind.oldest, Date.now())}</span>}
    </span>
  </Link>
);

/** What waits, by kind; choosing one keeps only that kind in the table, choosing it again shows all. */
export const WorkCounts = ({ mine, chosen }: { mine: readonly Kind[] | undefined; chosen: string | undefined }) => {
  if (mine === undefined) return <div className={styles.counts} aria-busy="true" />;
  if (mine.length === 0) return null;
  return (
    <nav aria-label="按事项筛选" className={styles.counts}>
      {mine.map((kind) => (
        <Count key={kind.state} kind={kind} chosen={kind.state === chosen} />
      ))}
    </nav>
  );
};
