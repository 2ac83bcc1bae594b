import styles from './progress.module.css';

/** A plain bar beside its number: how far it reaches of the longest, and as a lighter part behind it how far the second value does. */
export const Bar = ({
  value,
  second = 0,
  most,
  tone = 'ours',
}: {
  value: number;
  second?: number;
  most: number;
  tone?: 'ours' | 'outside';
}) => {
  const part = (of: number): string => `${most > 0 ? Math.min(100, (of / most) * 100) : 0}%`;
  return (
    <span className={styles.bar} aria-hidden>
      {second > 0 && <span className={`${styles.barSecond} ${styles[tone]}`} style={{ width: part(second) }} />}
      <span className={`${styles.barFirst} ${styles[tone]}`} style={{ width: part(value) }} />
    </span>
  );
};
