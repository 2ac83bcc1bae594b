import { formatDay, formatMoment, formatMomentExactly, formatWorkingDaysLeft } from './format.ts';
import styles from './text.module.css';

/** A moment as `2026-11-23 14:05` (or the day alone), to the second on hover. */
export const TimeText = ({ at, day = false }: { at: string | null; day?: boolean }) =>
  at === null ? (
    <span className={styles.second}>—</span>
  ) : (
    <time className={styles.figures} dateTime={at} title={formatMomentExactly(at)}>
      {day ? formatDay(at) : formatMoment(at)}
    </time>
  );

/** A deadline as 剩 N 个工作日 with the date on hover; overdue is red and says so, the last day is orange, and a period that stands still says that. */
export const DeadlineText = ({
  deadlineAt,
  workingDaysLeft,
  overdue,
  standsStill = false,
}: {
  deadlineAt: string | null;
  workingDaysLeft: number | null;
  overdue: boolean;
  standsStill?: boolean;
}) => {
  if (standsStill) return <span className={styles.second}>暂停计时</span>;
  if (deadlineAt === null || workingDaysLeft === null) return <span className={styles.second}>—</span>;
  const urgency = overdue ? styles.overdue : workingDaysLeft <= 1 ? styles.soon : '';
  return (
    <time className={`${styles.figures} ${urgency}`} dateTime={deadlineAt} title={`期限 ${formatMoment(deadlineAt)}`}>
      {formatWorkingDaysLeft(workingDaysLeft, overdue)}
    </time>
  );
};
