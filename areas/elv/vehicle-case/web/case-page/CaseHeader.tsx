import { Popover } from 'antd';
import { overlaid } from '#web-kit/autosave-queue.ts';
import { formatMoment } from '#web-kit/format.ts';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { StageBar } from '#web-kit/StageBar.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { VinText } from '#web-kit/VinText.tsx';
import type { Mark } from '../../model/vehicle-case.views.ts';
import { MarkTag } from '../MarkTag.tsx';
import { stateTone } from '../state-tone.ts';
import { useOpenCase } from './case-context.tsx';
import styles from './case-head.module.css';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const MarkWithReason = ({ mark }: { mark: Mark }) => (
  <Popover
    trigger={['hover', 'click', 'focus']}
    title={mark.title}
    content={<p className={styles.reason}>{mark.reason}</p>}
  >
    <button type="button" className={styles.mark}>
      <MarkTag mark={{ code: mark.code, title: mark.title }} large />
    </button>
  </Popover>
);

/** The vehicle itself: plate, brand and model, VIN, watch marks, whose case it is and where it stands. */
export const CaseHeader = ({ children }: { children?: React.ReactNode }) => {
  const { view, save } = useOpenCase();
  const filled = overlaid(view.sections.find(({ id }) => id === 'papers')?.values ?? {}, save.queue, 'papers');
  // What is asserted stands in the banner below, beside this.
  const papers = view.identity ? { ...filled, ...view.identity.was } : filled;
  return (
    <header className={styles.head}>
      <PlateMark
        plateNo={text(papers.plateNo)}
        plateTypeCode={text(papers.plateTypeCode)}
        size="head"
        lacking={papers.registeredWithPolice === false ? '无号牌' : '待填写'}
      />
      <div className={styles.what}>
        <h1 className={styles.name}>{text(papers.brandModel) ?? '品牌型号待填写'}</h1>
        <VinText vin={text(papers.vin)} />
        {view.identity && <span className={styles.accepted}>受理时登记</span>}
      </div>
      <div className={styles.marks}>
        {view.marks.map((mark) => (
          <MarkWithReason key={mark.code} mark={mark} />
        ))}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>案卷</dt>
          <dd>
            {view.caseNo}
            {view.round > 1 && <span className={styles.round}>第 {view.round} 轮</span>}
          </dd>
        </div>
        <div>
          <dt>企业</dt>
          <dd title={view.enterpriseName}>{view.enterpriseName}</dd>
        </div>
        <div>
          <dt>受理</dt>
          <dd>{formatMoment(view.openedAt)}</dd>
        </div>
      </dl>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  );
};

/** The way of the case so far, with its present state in words. */
export const CaseStages = () => {
  const { view } = useOpenCase();
  return (
    <div className={styles.stages}>
      <StageBar stages={view.stages} />
      <div role="status" aria-label="当前状态">
        <StateTag tone={stateTone(view)} title={view.stateTitle} large />
      </div>
    </div>
  );
};
