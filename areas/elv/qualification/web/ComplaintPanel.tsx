import { queryOptions, useQuery } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { transport } from '#web-kit/api.ts';
import { formatDay, formatMoment } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import {
  type ComplaintsView,
  type ComplaintView,
  complaintContract,
  complaintStatusTitles,
} from '../model/complaint.contract.ts';
import { EventPanel, lookEveryMs } from './EventPanel.tsx';
import styles from './events.module.css';

const api = clientOf(complaintContract, transport);

const complaintsQuery = (id: string) =>
  queryOptions({
    queryKey: ['elv', 'qualification', 'complaints', id],
    queryFn: () => api.complaints({ id }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'waiting' ? lookEveryMs : false),
  });

/** In a sentence; what was not answered is never "none". */
const standingOf = ({ status, text, rows, counts, since }: ComplaintsView): string => {
  if (status === 'never') return '尚未查询';
  if (status === 'waiting') return rows.length > 0 ? '正在查询，下列为上次的结果' : '正在查询';
  if (status === 'refused') return text;
  if (status === 'needs-person') return '多次查询没有得到能读取的应答，需人工查询';
  if (counts.all === 0) return `${since} 以来没有`;
  return `${since} 以来 ${counts.all} 件，未办结 ${counts.open} 件，查实 ${counts.upheld} 件`;
};

const Complaint = ({ one }: { one: ComplaintView }) => (
  <li>
    <div className={styles.head}>
      <span>{formatDay(one.acceptedAt)}</span>
      <span className={one.overdue && !one.withdrawn ? styles.marked : undefined}>
        {complaintStatusTitles[one.status] ?? one.status}
        {one.overdue && !one.withdrawn && '（超期）'}
      </span>
    </div>
    <p className={one.withdrawn ? styles.gone : undefined}>
      {one.appealType}
      {one.category && `：${one.category}`}
      {one.finding && `（${one.finding}）`}
    </p>
    <p className={matter.small}>
      {one.orderNo}
      {one.withdrawn && '；热线已不再提供，可能已销单'}
    </p>
  </li>
);

/** The complaints about the enterprise as the hotline tells them, beside the decision. Source: tender R13, R56. */
export const ComplaintPanel = ({ view: { id } }: { view: EntryView }) => {
  const query = complaintsQuery(id);
  const { data, error } = useQuery(query);
  return (
    <EventPanel
      title="投诉工单（12345）"
      queryKey={query.queryKey}
      askAgain={data?.askable ? () => api.askComplaints({ id }) : null}
      error={error}
    >
      {data && (
        <>
          <p>{standingOf(data)}</p>
          {data.asOf && <p className={matter.small}>热线数据截至 {formatMoment(data.asOf)}；不含来电人信息</p>}
          {data.rows.length > 0 && (
            <ul className={styles.list}>
              {data.rows.map((one) => (
                <Complaint key={one.orderNo} one={one} />
              ))}
            </ul>
          )}
        </>
      )}
    </EventPanel>
  );
};
