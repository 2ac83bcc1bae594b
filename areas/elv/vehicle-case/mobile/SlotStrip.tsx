import type { SlotView } from './task-progress.ts';
import styles from './yard.module.css';

const marks: Readonly<Record<SlotView['status'], { readonly sign: string; readonly words: string }>> = {
  there: { sign: '✓', words: '已送达' },
  waiting: { sign: '↑', words: '待发送' },
  refused: { sign: '!', words: '未被接收' },
  missing: { sign: '', words: '未拍' },
};

/** All places of a task and how each stands; a touch chooses one. */
export const SlotStrip = ({
  slots,
  chosen,
  onChoose,
}: {
  readonly slots: readonly SlotView[];
  readonly chosen: string;
  readonly onChoose: (part: string) => void;
}) => (
  <ul className={styles.strip} aria-label="全部照片">
    {slots.map(({ part, title, status, required }) => (
      <li key={part}>
        <button
          type="button"
          aria-pressed={part === chosen}
          className={`${styles.chip} ${styles[status]} ${required ? '' : styles.optional}`}
          onClick={() => onChoose(part)}
        >
          <span aria-hidden className={styles.sign}>
            {marks[status].sign}
          </span>
          {title}
          <span className={styles.chipState}>{status === 'missing' && !required ? '可不拍' : marks[status].words}</span>
        </button>
      </li>
    ))}
  </ul>
);
