import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatClock, formatMoment } from '#web-kit/format.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import type { CheckView } from '../../model/vehicle-case.views.ts';
import { caseApi, caseQuery } from '../case-api.ts';
import { useOpenCase } from './case-context.tsx';
import styles from './side.module.css';

const verdicts = {
  pass: { word: '通过', look: 'pass' },
  notice: { word: '提示', look: 'notice' },
  manual: { word: '需人工核对', look: 'notice' },
  block: { word: '不能办理', look: 'block' },
} as const;

/** How a check stands, in a word and a look; an unanswered one never looks fine. */
const standing = (
  check: CheckView,
): { readonly word: string; readonly look: 'pass' | 'notice' | 'block' | 'away' | 'idle' } => {
  switch (check.status) {
    case 'not-asked':
      return { word: '未核验', look: 'idle' };
    case 'waiting':
      return { word: '核验中', look: 'away' };
    case 'retrying':
      return {
        word: check.nextAttemptAt ? `失败重试中（下次 ${formatClock(check.nextAttemptAt)}）` : '失败重试中',
        look: 'away',
      };
    case 'needs-person':
      return { word: '需人工', look: 'block' };
    case 'answered':
      return check.verdict ? verdicts[check.verdict] : { word: '已返回', look: 'idle' };
  }
};

const Check = ({ check }: { check: CheckView }) => {
  const { word, look } = standing(check);
  return (
    <li className={styles.check} id={anchorOf(`check:${check.kind}`)} tabIndex={-1}>
      <div className={styles.checkHead}>
        <span>{check.title}</span>
        <span
          className={`${styles.verdict} ${styles[look]}`}
          title={check.answeredAt ? `已返回 ${formatMoment(check.answeredAt)}` : undefined}
        >
          {word}
        </span>
      </div>
      {check.items.length === 0 && check.text && <p className={styles.checkText}>{check.text}</p>}
      {check.items.length > 0 && (
        <ul className={styles.items}>
          {check.items.map(({ text, verdict }) => (
            <li key={text} className={styles[verdicts[verdict].look]}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** Asking outside again, for those who may edit the case while it is alive. */
const Recheck = () => {
  const { view } = useOpenCase();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: () => caseApi.recheck({ id: view.id }),
    onSuccess: ({ asked }) => {
      void queryClient.invalidateQueries({ queryKey: caseQuery(view.id).queryKey });
      void message.info(asked > 0 ? `已重新发出 ${asked} 项核验` : '没有需要重新核验的项目');
    },
    onError: (error) => void message.error(failureOf(error).message),
  });
  const mayAsk = view.stateKind !== 'final' && view.sections.some(({ editable }) => editable);
  if (!mayAsk) return null;
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      重新核验
    </Button>
  );
};

/** What outside systems say about the vehicle and its people, and how far each question is. */
export const ChecksPanel = () => {
  const { view } = useOpenCase();
  if (view.checks.length === 0) return null;
  return (
    <section className={matter.panel} aria-label="外部核验">
      <div className={matter.panelHead}>
        <h2>核验</h2>
        <Recheck />
      </div>
      <ul>
        {view.checks.map((check) => (
          <Check key={check.kind} check={check} />
        ))}
      </ul>
    </section>
  );
};
