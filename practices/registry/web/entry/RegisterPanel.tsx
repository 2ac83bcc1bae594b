import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatClock, formatDay, formatMoment } from '#web-kit/format.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import type { RegisterView } from '../../model/registry.views.ts';
import { entryQuery } from '../registry-web.ts';
import styles from './entry.module.css';
import { useOpenEntry } from './entry-context.tsx';

const verdicts = {
  pass: { word: '一致', look: 'pass' },
  manual: { word: '需人工核对', look: 'notice' },
  block: { word: '不能通过', look: 'block' },
} as const;

/** How the question stands, in a word and a look; an unanswered one never looks fine. */
const standing = (
  register: RegisterView,
): { readonly word: string; readonly look: 'pass' | 'notice' | 'block' | 'away' | 'idle' } => {
  switch (register.status) {
    case 'not-asked':
      return { word: '未核验', look: 'idle' };
    case 'waiting':
      return { word: '核验中', look: 'away' };
    case 'retrying':
      return {
        word: register.nextAttemptAt ? `失败重试中（下次 ${formatClock(register.nextAttemptAt)}）` : '失败重试中',
        look: 'away',
      };
    case 'needs-person':
      return { word: '需人工', look: 'block' };
    case 'answered':
      return register.verdict ? verdicts[register.verdict] : { word: '已返回', look: 'idle' };
  }
};

const Recheck = () => {
  const { registry, view } = useOpenEntry();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: () => registry.api.recheck({ id: view.id }),
    onSuccess: () => message.info('已重新发出核验'),
    onError: (error) => message.error(failureOf(error).message),
    onSettled: () => queryClient.invalidateQueries({ queryKey: entryQuery(registry, view.id).queryKey }),
  });
  if (!view.register.askable) return null;
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      重新核验
    </Button>
  );
};

/** What the company register says of the enterprise, and how far the question is. */
export const RegisterPanel = () => {
  const { register } = useOpenEntry().view;
  const { word, look } = standing(register);
  return (
    <section className={matter.panel} aria-label="法人信息核验" id={anchorOf('check:register')} tabIndex={-1}>
      <div className={matter.panelHead}>
        <h2>法人信息核验</h2>
        <Recheck />
      </div>
      <p
        className={`${styles.verdict} ${styles[look]}`}
        title={register.answeredAt ? `已返回 ${formatMoment(register.answeredAt)}` : undefined}
      >
        {word}
      </p>
      <p className={matter.small}>{register.text}</p>
      {register.updatedAt && <p className={matter.small}>法人库数据截至 {formatDay(register.updatedAt)}</p>}
    </section>
  );
};
