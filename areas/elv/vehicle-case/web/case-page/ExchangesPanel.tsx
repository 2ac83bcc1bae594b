import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatClock, formatMoment } from '#web-kit/format.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import type { ExchangeView } from '../../model/vehicle-case.views.ts';
import { caseApi, caseQuery } from '../case-api.ts';
import { useOpenCase } from './case-context.tsx';
import styles from './exchanges.module.css';

const looks = {
  waiting: { word: '已发出，等待返回', look: 'away' },
  retrying: { word: '失败重试中', look: 'away' },
  answered: { word: '已返回', look: 'good' },
  refused: { word: '对方未受理', look: 'bad' },
  'needs-person': { word: '需人工', look: 'bad' },
} as const;

const Standing = ({ exchange }: { exchange: ExchangeView }) => {
  const { word, look } = looks[exchange.status];
  const next =
    exchange.status === 'retrying' && exchange.nextAttemptAt ? `（下次 ${formatClock(exchange.nextAttemptAt)}）` : '';
  return (
    <>
      <span className={`${styles.standing} ${styles[look]}`}>
        {exchange.direction === 'in' && exchange.status === 'answered' ? '已收到' : word}
        {next}
      </span>
      {exchange.note && <p className={styles.note}>{exchange.note}</p>}
    </>
  );
};

const Row = ({ exchange, retry, busy }: { exchange: ExchangeView; retry: () => void; busy: boolean }) => (
  <tr>
    <td>{exchange.direction === 'out' ? '发往' : '来自'}</td>
    <td>{exchange.connectorTitle}</td>
    <td>{exchange.title}</td>
    <td>
      <Standing exchange={exchange} />
    </td>
    <td className={styles.figures}>{formatMoment(exchange.createdAt)}</td>
    <td className={styles.figures}>{formatMoment(exchange.answeredAt)}</td>
    <td className={styles.figures}>{exchange.direction === 'out' ? exchange.attempts : '—'}</td>
    <td>
      {exchange.retryable && (
        <Button size="small" loading={busy} onClick={retry}>
          重新发送
        </Button>
      )}
    </td>
  </tr>
);

const titles = ['方向', '系统', '事项', '状态', '发起', '返回', '次数', ''];

/** Every message to and from outside systems about this case: where it is, how often it was tried, when it goes again. */
export const ExchangesPanel = () => {
  const { view } = useOpenCase();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: (exchangeId: string) => caseApi.retryExchange({ id: view.id, exchangeId }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: caseQuery(view.id).queryKey }),
    onError: (error) => void message.error(failureOf(error).message),
  });
  if (view.exchanges.length === 0) return null;
  return (
    <section className={matter.section} id={anchorOf('exchanges')} aria-labelledby="title-exchanges">
      <div className={matter.sectionHead}>
        <h2 id="title-exchanges">外部往来</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its frame must scroll by keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-labelledby="title-exchanges">
        <table className={styles.table}>
          <thead>
            <tr>
              {titles.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.exchanges.map((exchange) => (
              <Row
                key={exchange.id}
                exchange={exchange}
                busy={again.isPending && again.variables === exchange.id}
                retry={() => again.mutate(exchange.id)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
};
