import { formatDay, formatMoment } from './format.ts';
import styles from './stage-bar.module.css';

/** One stage of a matter; `ended` is where it stopped for good before its aim. */
export interface Stage {
  readonly key: string;
  readonly title: string;
  readonly status: 'done' | 'current' | 'ahead' | 'ended';
  readonly reachedAt: string | null;
  /** Whole days spent in it; null when not reached. */
  readonly days: number | null;
}

const words = { done: '已完成', current: '当前阶段', ahead: '尚未到达', ended: '在此终止' } as const;

const StageStep = ({ stage, note }: { stage: Stage; note: string | undefined }) => (
  <li
    className={`${styles.stage} ${styles[stage.status]}`}
    aria-current={stage.status === 'current' ? 'step' : undefined}
    title={
      stage.reachedAt
        ? `${stage.title}：${formatMoment(stage.reachedAt)} 到达`
        : `${stage.title}：${words[stage.status]}`
    }
  >
    <span className={styles.dot} aria-hidden />
    <span className={styles.title}>{stage.title}</span>
    <span className={styles.sub}>
      {note ?? (stage.reachedAt ? formatDay(stage.reachedAt) : '')}
      {stage.days !== null && stage.status !== 'ahead' && (
        <span className={styles.days}>{stage.days === 0 ? ' · 当日' : ` · ${stage.days} 天`}</span>
      )}
    </span>
    <span className={styles.heard}>{words[stage.status]}</span>
  </li>
);

/** The way of a matter: stages with dates and days spent, the present one large, an ended one shown as ended. `note` replaces the present stage's date. */
export const StageBar = ({ stages, note }: { stages: readonly Stage[]; note?: string | undefined }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: where the screen is narrow it scrolls, and must be reached by keys
  <ol className={styles.bar} tabIndex={0} aria-label="办理阶段">
    {stages.map((stage) => (
      <StageStep
        key={stage.key}
        stage={stage}
        note={stage.status === 'current' || stage.status === 'ended' ? note : undefined}
      />
    ))}
  </ol>
);
