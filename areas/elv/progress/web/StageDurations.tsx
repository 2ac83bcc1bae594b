import { formatDuration, formatNumber } from '#web-kit/format.ts';
import type { ProgressFigures } from '../model/progress.contract.ts';
import { Bar } from './Bar.tsx';
import styles from './progress.module.css';

/** How long cases stayed in each stage, of the stays that ended in the period. */
export const StageDurations = ({ figures: { stages } }: { figures: ProgressFigures }) => {
  const most = Math.max(...stages.map(({ durations: { ninth } }) => ninth ?? 0));
  return (
    <section className={styles.panel} aria-labelledby="stage-durations">
      <h2 id="stage-durations" className={styles.heading}>
        各阶段用时
      </h2>
      <p className={styles.explained}>
        期间内走完该阶段的案卷；退回后再办的另计一次。<span className={styles.wide}>深色为中位，浅色为九成以内。</span>
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">阶段</th>
            <th scope="col" className={styles.number}>
              件次
            </th>
            <th scope="col" className={styles.number}>
              中位
            </th>
            <th scope="col" className={styles.number}>
              九成以内
            </th>
            <th scope="col" className={styles.wide}>
              <span className={styles.heard}>比较</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ stage, durations: { count, median, ninth, mean } }) => (
            <tr key={stage} title={mean === null ? undefined : `平均 ${formatDuration(mean)}`}>
              <th scope="row">{stage}</th>
              <td className={styles.number}>{formatNumber(count)}</td>
              <td className={styles.number}>{formatDuration(median)}</td>
              <td className={styles.number}>{formatDuration(ninth)}</td>
              <td className={styles.wide}>
                <Bar value={median ?? 0} second={ninth ?? 0} most={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
