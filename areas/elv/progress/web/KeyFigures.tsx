import type { ReactNode } from 'react';
import { formatDuration, formatNumber } from '#web-kit/format.ts';
import type { ProgressFigures } from '../model/progress.contract.ts';
import { CasesLink } from './CasesLink.tsx';
import styles from './progress.module.css';
import type { ProgressSearch } from './progress-search.ts';

const Figure = ({ title, note, children }: { title: string; note: string; children: ReactNode }) => (
  <div className={styles.key}>
    <dt className={styles.keyTitle}>{title}</dt>
    <dd className={styles.keyValue}>{children}</dd>
    <dd className={styles.keyNote}>{note}</dd>
  </div>
);

const Numbers = ({ figures, search }: { figures: ProgressFigures; search: ProgressSearch }) => {
  const { queues, opened, closed, endedOtherwise, whole } = figures;
  const states = queues.map(({ state }) => state);
  const open = queues.reduce((sum, { count }) => sum + count, 0);
  const overdue = queues.reduce((sum, one) => sum + one.overdue, 0);
  return (
    <>
      <Figure title="在办" note="现在">
        <CasesLink search={search} states={states} label={`在办 ${open} 件，看案卷`}>
          {formatNumber(open)}
        </CasesLink>
      </Figure>
      <Figure title="已超期" note="现在">
        {overdue === 0 ? (
          0
        ) : (
          <CasesLink search={search} states={states} overdue label={`已超期 ${overdue} 件，看案卷`}>
            <span className={styles.overdue}>{formatNumber(overdue)}</span>
          </CasesLink>
        )}
      </Figure>
      <Figure title="新受理" note="期间内">
        {formatNumber(opened)}
      </Figure>
      <Figure title="办结" note={`期间内；另有不予报废或作废 ${formatNumber(endedOtherwise)} 件`}>
        {formatNumber(closed)}
      </Figure>
      <Figure
        title="全程用时（中位）"
        note={whole.ninth === null ? '期间内没有办结的案卷' : `期间内办结的；九成在 ${formatDuration(whole.ninth)}以内`}
      >
        {whole.median === null ? '—' : `约 ${formatDuration(whole.median)}`}
      </Figure>
    </>
  );
};

/** The figures that say at a glance how things stand. */
export const KeyFigures = ({ figures, search }: { figures: ProgressFigures | undefined; search: ProgressSearch }) => (
  <dl className={styles.keys}>{figures && <Numbers figures={figures} search={search} />}</dl>
);
