import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import proposals from '#practices/proposal/web/proposals.module.css';
import { failureOf } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { StateTag, type StateTone } from '#web-kit/StateTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { DeliveryView, SystemView } from '../model/enterprise-system.contract.ts';
import { systemApi, systemQuery } from './system-api.ts';

const Section = ({ id, title, note, children }: { id: string; title: string; note: string; children: ReactNode }) => (
  <section className={matter.section} aria-labelledby={id}>
    <div className={matter.sectionHead}>
      <h2 id={id}>{title}</h2>
      <span className={matter.small}>{note}</span>
    </div>
    <div className={matter.sectionBody}>{children}</div>
  </section>
);

const Table = ({ titles, children }: { titles: readonly string[]; children: ReactNode }) => (
  <div className={proposals.tableBox}>
    <table className={proposals.table}>
      <thead>
        <tr>
          {titles.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

/** The calls that were not let in of late, by day and reason. */
export const RefusedCalls = ({ view: { refusals } }: { view: SystemView }) => (
  <Section id="title-refusals" title="被拒的调用" note="近 7 天，按日和原因合计">
    {refusals.length === 0 ? (
      <p className={matter.quiet}>没有被拒的调用。</p>
    ) : (
      <Table titles={['日期', '原因', '次数', '最近一次', '来自']}>
        {refusals.map(({ day, title, count, lastAt, lastIp }) => (
          <tr key={`${day} ${title}`}>
            <td>{day}</td>
            <td>{title}</td>
            <td>{formatNumber(count)}</td>
            <td>
              <TimeText at={lastAt} />
            </td>
            <td>{lastIp}</td>
          </tr>
        ))}
      </Table>
    )}
  </Section>
);

const standing: Readonly<Record<DeliveryView['status'], readonly [tone: StateTone, title: string]>> = {
  waiting: ['outside', '待送'],
  retrying: ['outside', '重试中'],
  delivered: ['done', '已送达'],
  refused: ['idle', '不再送'],
  'needs-person': ['refused', '多次未送达'],
};

const Resend = ({ systemId, delivery }: { systemId: string; delivery: DeliveryView }) => {
  const client = useQueryClient();
  const { message } = App.useApp();
  const resend = useMutation({
    mutationFn: () => systemApi.resend({ id: systemId, exchangeId: delivery.id }),
    onSuccess: () => void message.success('已重新推送'),
    onError: (error) => void message.error(failureOf(error).message),
    onSettled: () => client.invalidateQueries({ queryKey: systemQuery(systemId).queryKey }),
  });
  return (
    <Button size="small" loading={resend.isPending} onClick={() => resend.mutate()}>
      重新推送
    </Button>
  );
};

/** What the system was told of its cases, and whether that has arrived. */
export const Deliveries = ({ view }: { view: SystemView }) => {
  const resends = may(useSession(), 'elv.enterprise-system:resend');
  if (view.webhookUrl === null) return null;
  return (
    <Section id="title-deliveries" title="推送" note="最近 50 条">
      {view.deliveries.length === 0 ? (
        <p className={matter.quiet}>
          还没有推送。本企业的案卷被退回、审核通过、出证、注销或撤销时，会推送到登记的地址。
        </p>
      ) : (
        <Table titles={['状态', '消息', '案卷', '时间', '尝试', '说明', '办理']}>
          {view.deliveries.map((one) => (
            <tr key={one.id}>
              <td>
                <StateTag tone={standing[one.status][0]} title={standing[one.status][1]} />
              </td>
              <td>{one.eventTitle}</td>
              <td>{one.caseNo}</td>
              <td>
                <TimeText at={one.createdAt} />
              </td>
              <td>{one.attempts} 次</td>
              <td className={proposals.wide}>{one.note ?? ''}</td>
              <td>{resends && one.resendable && <Resend systemId={view.id} delivery={one} />}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
};
