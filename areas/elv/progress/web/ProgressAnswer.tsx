import { useEffect, useRef } from 'react';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import type { PublicProgress } from '../model/public-query.contract.ts';
import styles from './public-progress.module.css';

/** What was asked and what came of it. */
export interface Answered {
  readonly plateNo: string;
  readonly progress: PublicProgress | null;
  readonly askedAt: number;
}

const words = { done: '已完成', current: '办理中', ahead: '尚未开始', ended: '' } as const;

type Stage = PublicProgress['stages'][number];

const StageLine = ({ stage: { title, status, on }, note }: { stage: Stage; note: string | null }) => (
  <li className={`${styles.stage} ${styles[status]}`} aria-current={note === null ? undefined : 'step'}>
    <span className={styles.dot} aria-hidden />
    <div className={styles.stageHead}>
      <span className={styles.stageTitle}>{title}</span>
      <span className={styles.stageWord}>{words[status]}</span>
      {on && <time className={styles.stageDay}>{on}</time>}
    </div>
    {note !== null && <p className={styles.stageNote}>{note}</p>}
  </li>
);

/** Where the case stands: the present stage, or the last one of a case that is over. */
const presentOf = ({ stages }: PublicProgress): Stage | undefined =>
  stages.find(({ status }) => status === 'current' || status === 'ended') ?? stages.at(-1);

const Nothing = ({ plateNo }: { plateNo: string }) => (
  <>
    <h2 className={styles.answerTitle}>没有查到</h2>
    <p className={styles.nothing}>
      请核对号牌号码 {plateNo}{' '}
      和车辆识别代号是否与行驶证一致。车辆由回收企业受理登记后才能查到；外地办理的报废请向当地查询。
    </p>
  </>
);

const Found = ({ plateNo, progress }: { plateNo: string; progress: PublicProgress }) => (
  <>
    <h2 className={styles.answerTitle}>
      <PlateMark plateNo={plateNo} plateTypeCode={null} size="head" />
      办理进度
    </h2>
    <ol className={styles.stages} aria-label="办理阶段">
      {progress.stages.map((stage) => (
        <StageLine key={stage.title} stage={stage} note={stage === presentOf(progress) ? progress.note : null} />
      ))}
    </ol>
  </>
);

/** The stages with their days, or that nothing was found; read out and looked at as soon as it is there. */
export const ProgressAnswer = ({ answered: { plateNo, progress } }: { answered: Answered }) => {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={place} className={styles.panel} aria-label="查询结果" tabIndex={-1}>
      {progress ? <Found plateNo={plateNo} progress={progress} /> : <Nothing plateNo={plateNo} />}
    </section>
  );
};
