import { formatMoment } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { DeadlineText, TimeText } from '#web-kit/TimeText.tsx';
import { useOpenCase } from './case-context.tsx';
import styles from './side.module.css';

const decided = { rule: '按规则判定', person: '人工决定', police: '公安认定' } as const;

/** By when, who has it, since when, and whether it is dismantled under supervision and why. */
export const FactsPanel = () => {
  const { view } = useOpenCase();
  const { supervision } = view;
  return (
    <section className={matter.panel} aria-label="办理情况">
      <dl className={styles.facts}>
        <dt>等待</dt>
        <dd>{view.stateKind === 'final' ? '无，已结束' : view.waitingFor}</dd>
        <dt>期限</dt>
        <dd>
          <DeadlineText
            deadlineAt={view.deadlineAt}
            workingDaysLeft={view.workingDaysLeft}
            overdue={view.overdue}
            standsStill={view.heldSince !== null}
          />
          {view.heldSince && <span className={styles.by}>自 {formatMoment(view.heldSince)} 起，恢复办理后顺延</span>}
        </dd>
        <dt>停留自</dt>
        <dd>
          <TimeText at={view.stateSince} />
        </dd>
        {view.reference !== null && (
          <>
            <dt>企业编号</dt>
            <dd title="由企业自有系统报送，企业自己的业务编号">{view.reference}</dd>
          </>
        )}
        <dt>监销</dt>
        <dd>
          <strong>{supervision.supervised ? '是，须在公安监督下解体' : '否'}</strong>
          <span className={styles.by}>{decided[supervision.decidedBy]}</span>
          {supervision.basis.length > 0 && (
            <ul className={styles.basis}>
              {supervision.basis.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
    </section>
  );
};
