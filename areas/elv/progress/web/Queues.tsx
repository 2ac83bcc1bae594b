import { formatElapsed, formatMoment, formatNumber } from '#web-kit/format.ts';
import type { ProgressFigures } from '../model/progress.contract.ts';
import { Bar } from './Bar.tsx';
import { CasesLink } from './CasesLink.tsx';
import styles from './progress.module.css';
import type { ProgressSearch } from './progress-search.ts';

type Queue = ProgressFigures['queues'][number];

const QueueLine = ({
  queue: { state, title, kind, count, overdue, oldest },
  most,
  asOf,
  search,
}: {
  queue: Queue;
  most: number;
  asOf: number;
  search: ProgressSearch;
}) => (
  <tr>
    <th scope="row">
      {title}
      {kind === 'wait' && <span className={styles.outsideWord}>等外部</span>}
    </th>
    <td className={styles.number}>
      {count === 0 ? (
        0
      ) : (
        <CasesLink search={search} states={[state]} label={`${title} ${count} 件，看案卷`}>
          {formatNumber(count)}
        </CasesLink>
      )}
    </td>
    <td className={styles.number}>
      {overdue === 0 ? (
        0
      ) : (
        <CasesLink search={search} states={[state]} overdue label={`${title}超期 ${overdue} 件，看案卷`}>
          <span className={styles.overdue}>{formatNumber(overdue)}</span>
        </CasesLink>
      )}
    </td>
    <td className={styles.number} title={oldest ? `自 ${formatMoment(oldest)}` : undefined}>
      {oldest ? formatElapsed(oldest, asOf) : '—'}
    </td>
    <td className={styles.wide}>
      <Bar value={count} most={most} tone={kind === 'wait' ? 'outside' : 'ours'} />
    </td>
  </tr>
);

/** Where cases wait now, in the order of the work; every number opens its cases. */
export const Queues = ({ figures, search }: { figures: ProgressFigures; search: ProgressSearch }) => {
  const { queues, asOf } = figures;
  const most = Math.max(...queues.map(({ count }) => count));
  return (
    <section className={styles.panel} aria-labelledby="queues">
      <h2 id="queues" className={styles.heading}>
        现在停在哪里
      </h2>
      <p className={styles.explained}>与期间无关。点件数看案卷。</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">状态</th>
            <th scope="col" className={styles.number}>
              件数
            </th>
            <th scope="col" className={styles.number}>
              超期
            </th>
            <th scope="col" className={styles.number}>
              最久
            </th>
            <th scope="col" className={styles.wide}>
              <span className={styles.heard}>比较</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <QueueLine key={queue.state} queue={queue} most={most} asOf={Date.parse(asOf)} search={search} />
          ))}
        </tbody>
      </table>
    </section>
  );
};
