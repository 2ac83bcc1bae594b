import CheckCircleFilled from '@ant-design/icons/CheckCircleFilled';
import CloseCircleFilled from '@ant-design/icons/CloseCircleFilled';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatMomentExactly, formatNumber } from '#web-kit/format.ts';
import { StateTag } from '#web-kit/StateTag.tsx';
import { type ChainProofView, type EntryView, kindTitles, outcomeTitles } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { auditLogApi, entryQuery } from './audit-log-api.ts';
import { outcomeTone } from './entry-columns.tsx';
import type { LogSearch } from './log-search.ts';

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Others = ({ search, children }: { search: LogSearch; children: ReactNode }) => (
  <Link to="/governance/audit" search={search} className={styles.others}>
    {children}
  </Link>
);

const proofWords = ({ intact, entries, sealedTo, lastSeal }: ChainProofView): string => {
  if (!intact) return '链或签名有问题';
  if (!lastSeal) return `链完整，共 ${formatNumber(entries)} 条，尚未封签`;
  return `链完整、签名有效：共 ${formatNumber(entries)} 条，第 ${sealedTo} 条以前已由第 ${lastSeal.number} 号封签`;
};

const Proof = ({ entry }: { entry: EntryView }) => {
  const prove = useMutation({ mutationFn: () => auditLogApi.proof({ chain: entry.chain }) });
  const { data, error } = prove;
  return (
    <section className={styles.block}>
      <h3>完整性</h3>
      <dl className={styles.facts}>
        <Line name="所在链">
          <code className={styles.code}>{entry.chain}</code> 第 {entry.seq} 条
        </Line>
        <Line name="前一条摘要">
          <code className={styles.code}>{entry.prev}</code>
        </Line>
        <Line name="本条摘要">
          <code className={styles.code}>{entry.digest}</code>
        </Line>
      </dl>
      <Button size="small" loading={prove.isPending} onClick={() => prove.mutate()}>
        核验此链
      </Button>
      <div role="status" className={styles.proof} data-intact={data?.intact}>
        {data && (
          <>
            {data.intact ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />} {proofWords(data)}
            {data.lastSeal && (
              <p className={styles.second}>
                封签时间 {formatMomentExactly(data.lastSeal.at)}，公钥编号 {data.lastSeal.keyId}
              </p>
            )}
            {data.findings.map((finding) => (
              <p key={finding}>{finding}</p>
            ))}
          </>
        )}
        {error && failureOf(error).message}
      </div>
    </section>
  );
};

const Changes = ({ shown: { changes, rest } }: { shown: EntryView['shown'] }) => (
  <section className={styles.block}>
    <h3>内容</h3>
    {changes.length > 0 && (
      <table className={styles.changes}>
        <thead>
          <tr>
            <th scope="col">字段</th>
            <th scope="col">变更前</th>
            <th scope="col">变更后</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <td>{field}</td>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {rest.length > 0 && (
      <dl className={styles.facts}>
        {rest.map(({ name, value }) => (
          <Line key={name} name={name}>
            {value}
          </Line>
        ))}
      </dl>
    )}
    {changes.length + rest.length === 0 && <p className={styles.second}>没有更多内容</p>}
  </section>
);

const Entry = ({ entry }: { entry: EntryView }) => (
  <>
    <dl className={styles.facts}>
      <Line name="时间">{formatMomentExactly(entry.at)}</Line>
      <Line name="动作">
        {entry.actionTitle} <code className={styles.code}>{entry.action}</code>
      </Line>
      <Line name="类别">{kindTitles[entry.kind]}</Line>
      <Line name="结果">
        <StateTag tone={outcomeTone[entry.outcome]} title={outcomeTitles[entry.outcome]} />
      </Line>
      <Line name="人员">
        {entry.actorName || '—'} <code className={styles.code}>{entry.actorId}</code>
        <Others search={{ actor: entry.actorId }}>此人的记录</Others>
      </Line>
      <Line name="单位">{entry.organisationName ?? '—'}</Line>
      <Line name="来源地址">
        {entry.ip || '—'}
        {entry.ip && <Others search={{ ip: entry.ip }}>此地址的记录</Others>}
      </Line>
      <Line name="来源程序">{entry.agent ?? '—'}</Line>
      <Line name="对象">
        {entry.aboutId ? (
          <>
            {entry.objectType && <>{entry.objectType} </>}
            <code className={styles.code}>{entry.aboutId}</code>
            <Others search={{ object: entry.aboutId }}>此对象的记录</Others>
          </>
        ) : (
          '—'
        )}
      </Line>
      <Line name="请求编号">
        {entry.traceId ? (
          <>
            <code className={styles.code}>{entry.traceId}</code>
            <Others search={{ trace: entry.traceId }}>同一请求的全部记录</Others>
          </>
        ) : (
          '—'
        )}
      </Line>
    </dl>
    <Changes shown={entry.shown} />
    <Proof key={`${entry.chain} ${entry.seq}`} entry={entry} />
  </>
);

/** The open entry beside the list: everything of it, before and after, its place in the chain, and the ways to its kin. */
export const EntryDrawer = ({ search }: { search: LogSearch }) => {
  const navigate = useNavigate();
  const { chain, seq, ...rest } = search;
  const open = chain !== undefined && seq !== undefined;
  const { data, error, refetch } = useQuery({ ...entryQuery(chain ?? '', seq ?? 1), enabled: open });
  return (
    <Drawer
      open={open}
      title="日志详情"
      size={560}
      mask={false}
      onClose={() => void navigate({ to: '/governance/audit', search: rest })}
      destroyOnHidden
    >
      {error ? <FailurePanel error={error} retry={() => void refetch()} /> : data && <Entry entry={data} />}
    </Drawer>
  );
};
