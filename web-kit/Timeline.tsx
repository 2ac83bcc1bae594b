import CheckCircleFilled from '@ant-design/icons/CheckCircleFilled';
import WarningFilled from '@ant-design/icons/WarningFilled';
import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { StepView } from '#kernel/lifecycle/step-view.ts';
import { formatMoment, formatMomentExactly } from './format.ts';
import styles from './timeline.module.css';

/** One step that was taken. */
export interface TimelineStep extends Omit<StepView, 'action'> {
  /** What was filled in with the step, in words. */
  readonly details?: readonly { readonly title: string; readonly text: string }[];
}

const Proof = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt>{title}</dt>
    <dd className={styles.code}>{children}</dd>
  </>
);

const ProofDialog = ({ step, close }: { step: TimelineStep; close: () => void }) => (
  <Modal
    open
    title={`第 ${step.seq} 步“${step.title}”的签名凭据`}
    onCancel={close}
    footer={<Button onClick={close}>关闭</Button>}
    width={680}
  >
    <p className={styles[step.verified ? 'good' : 'bad']}>
      {step.verified
        ? `签名有效：此步由 ${step.actorName} 本人于 ${formatMomentExactly(step.at)} 签署，此后没有被改动。`
        : '签名核对不上：此步的内容或签名可能被改动，请立即告知系统管理员，不要据此继续办理。'}
    </p>
    <dl className={styles.proof}>
      <Proof title="本步摘要（SM3）">{step.digest}</Proof>
      <Proof title="上一步摘要">{/^0+$/.test(step.previousDigest) ? '无（这是第一步）' : step.previousDigest}</Proof>
      <Proof title="签署人公钥（SM2）">{step.publicKey ?? '—'}</Proof>
      <Proof title="签名值">{step.signature ?? '—'}</Proof>
    </dl>
    <p className={styles.how}>
      核对方法：把本步内容（案卷、动作、状态、意见、时间与上一步摘要）按规范排列后计算
      SM3，应等于本步摘要；再用签署人公钥按 GB/T 32918（SM2，签名者标识
      1234567812345678）验证签名值。每一步都含上一步的摘要，改动任何一步，其后各步都会对不上。
    </p>
  </Modal>
);

const Tick = ({ step, open }: { step: TimelineStep; open: () => void }) => {
  if (step.verified === null) return null;
  return (
    <button
      type="button"
      className={`${styles.tick} ${step.verified ? styles.good : styles.bad}`}
      onClick={open}
      title="查看签名凭据"
    >
      {step.verified ? <CheckCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}
      {step.verified ? '已签名' : '签名不符'}
    </button>
  );
};

/** Values before and after, one a line. */
export const ChangeList = ({ changes }: { changes: TimelineStep['changes'] }) => (
  <ul className={styles.changes}>
    {changes.map(({ title, before, after }) => (
      <li key={title}>
        {title}：<del>{before || '空'}</del> → <ins>{after || '空'}</ins>
      </li>
    ))}
  </ul>
);

const Changes = ({ changes }: { changes: TimelineStep['changes'] }) => (
  <details className={styles.changes}>
    <summary>改动 {changes.length} 项</summary>
    <ChangeList changes={changes} />
  </details>
);

const Details = ({ details }: { details: NonNullable<TimelineStep['details']> }) => (
  <dl className={styles.details}>
    {details.map(({ title, text }) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);

const Entry = ({
  step,
  manyRounds,
  open,
  beside,
}: {
  step: TimelineStep;
  manyRounds: boolean;
  open: () => void;
  beside: ReactNode;
}) => (
  <li className={styles.entry}>
    <div className={styles.head}>
      <time className={styles.at} dateTime={step.at} title={formatMomentExactly(step.at)}>
        {formatMoment(step.at)}
      </time>
      <span className={styles.title}>{step.title}</span>
      {step.fromTitle !== step.toTitle && (
        <span className={styles.move}>
          {step.fromTitle} → {step.toTitle}
        </span>
      )}
      {manyRounds && <span className={styles.round}>第 {step.round} 轮</span>}
    </div>
    <div className={styles.who}>
      {step.actorName}
      {step.organisationName && <span className={styles.organisation}>{step.organisationName}</span>}
      <Tick step={step} open={open} />
      {beside}
    </div>
    {step.reason && <p className={styles.reason}>{step.reason}</p>}
    {step.details && step.details.length > 0 && <Details details={step.details} />}
    {step.changes.length > 0 && <Changes changes={step.changes} />}
  </li>
);

/** The signed steps of a matter, newest first: who, when, what changed, why, and the proof behind each tick. `beside` adds to a step, by its number. */
export const Timeline = ({
  steps,
  beside,
}: {
  steps: readonly TimelineStep[];
  beside?: ((seq: number) => ReactNode) | undefined;
}) => {
  const [shown, setShown] = useState<TimelineStep | null>(null);
  const manyRounds = steps.some(({ round }) => round > 1);
  return (
    <>
      <ol className={styles.list} reversed>
        {[...steps].reverse().map((step) => (
          <Entry
            key={step.seq}
            step={step}
            manyRounds={manyRounds}
            open={() => setShown(step)}
            beside={beside?.(step.seq)}
          />
        ))}
      </ol>
      {shown && <ProofDialog step={shown} close={() => setShown(null)} />}
    </>
  );
};
