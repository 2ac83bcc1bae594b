import { queryOptions, useQuery } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { transport } from '#web-kit/api.ts';
import { formatDay, formatMoney } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { type PenaltiesView, type PenaltyView, penalisedMark, penaltyContract } from '../model/penalty.contract.ts';
import { EventPanel, lookEveryMs } from './EventPanel.tsx';
import styles from './events.module.css';

const api = clientOf(penaltyContract, transport);

const penaltiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['elv', 'qualification', 'penalties', id],
    queryFn: () => api.penalties({ id }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'waiting' ? lookEveryMs : false),
  });

/** In a sentence; what was not answered is never "none". */
const standingOf = ({ status, text, rows, recent, recentSince }: PenaltiesView): string => {
  if (status === 'never') return '尚未查询';
  if (status === 'waiting') return rows.length > 0 ? '正在查询，下列为上次的结果' : '正在查询';
  if (status === 'refused') return text;
  if (status === 'needs-person') return '多次查询没有应答，需人工查询';
  return recent > 0 ? `${recentSince} 以来 ${recent} 次` : `${recentSince} 以来没有`;
};

const Penalty = ({ one }: { one: PenaltyView }) => (
  <li>
    <div className={styles.head}>
      <span>{one.decidedOn}</span>
      <span>{one.department}</span>
    </div>
    <p className={one.withdrawn ? styles.gone : undefined}>
      {one.content}
      {one.amountFen !== null && ` ${formatMoney(one.amountFen)}`}
    </p>
    <p className={matter.small}>
      {one.penaltyNo}
      {one.basis && `；${one.basis}`}
      {one.withdrawn && '；数据湖已不再提供，可能已撤销'}
    </p>
  </li>
);

/** The enterprise's penalties as the data lake tells them, beside the decision. Source: tender R13, R61. */
export const PenaltyPanel = ({ view: { id } }: { view: EntryView }) => {
  const query = penaltiesQuery(id);
  const { data, error } = useQuery(query);
  return (
    <EventPanel
      title="行政处罚"
      queryKey={query.queryKey}
      askAgain={data?.askable ? () => api.askPenalties({ id }) : null}
      error={error}
    >
      {data && (
        <>
          <p className={data.marked ? styles.marked : undefined}>
            {standingOf(data)}
            {data.marked && `（${penalisedMark}）`}
          </p>
          {data.asOf && <p className={matter.small}>数据湖数据截至 {formatDay(data.asOf)}</p>}
          {data.rows.length > 0 && (
            <ul className={styles.list}>
              {data.rows.map((one) => (
                <Penalty key={one.penaltyNo} one={one} />
              ))}
            </ul>
          )}
        </>
      )}
    </EventPanel>
  );
};
