import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatClock, formatMoment } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import type { WithdrawalView } from '../../model/withdrawal.views.ts';
import styles from '../withdrawal.module.css';
import { withdrawalApi, withdrawalQuery } from '../withdrawal-api.ts';
import { useOpenWithdrawal } from './withdrawal-context.tsx';

type Exchange = WithdrawalView['exchanges'][number];

const looks = {
  waiting: { word: '已发出，等待返回', look: 'away' },
  retrying: { word: '失败重试中', look: 'away' },
  answered: { word: '已返回', look: 'good' },
  refused: { word: '对方未受理', look: 'bad' },
  'needs-person': { word: '需人工', look: 'bad' },
} as const;

const One = ({ exchange }: { exchange: Exchange }) => {
  const { view } = useOpenWithdrawal();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: () => withdrawalApi.retryExchange({ id: view.id, exchangeId: exchange.id }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: withdrawalQuery(view.id).queryKey }),
    onError: (error) => void message.error(failureOf(error).message),
  });
  const { word, look } = looks[exchange.status];
  return (
    <li>
      <span className={`${styles.standing} ${styles[look]}`}>
        {word}
        {exchange.status === 'retrying' && exchange.nextAttemptAt
          ? `（下次 ${formatClock(exchange.nextAttemptAt)}）`
          : ''}
      </span>
      <p className={matter.small}>
        {formatMoment(exchange.createdAt)} 发出，第 {Math.max(1, exchange.attempts)} 次
        {exchange.answeredAt && `；${formatMoment(exchange.answeredAt)} 返回`}
      </p>
      {exchange.note && <p className={matter.small}>{exchange.note}</p>}
      {exchange.retryable && (
        <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
          重新发送
        </Button>
      )}
    </li>
  );
};

/** How it stands with the national system, where it was told of the vehicle: it has to let it go first. Source: tender R09, R57. */
export const NationalSide = () => {
  const { view } = useOpenWithdrawal();
  if (!view.reported && view.exchanges.length === 0) return null;
  return (
    <section className={matter.panel} aria-label="全国系统">
      <div className={matter.panelHead}>
        <h2>全国汽车流通信息管理系统</h2>
      </div>
      {view.exchanges.length === 0 ? (
        <p className={matter.quiet}>车辆已上报全国系统；商委准予后，须全国系统先撤销，得到应答才能完成。</p>
      ) : (
        <ul className={styles.exchanges}>
          {view.exchanges.map((exchange) => (
            <One key={exchange.id} exchange={exchange} />
          ))}
        </ul>
      )}
    </section>
  );
};
