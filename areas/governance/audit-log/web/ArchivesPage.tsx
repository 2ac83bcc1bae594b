import CheckCircleFilled from '@ant-design/icons/CheckCircleFilled';
import CloseCircleFilled from '@ant-design/icons/CloseCircleFilled';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatBytes, formatNumber } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { auditLogContract } from '../model/audit-log.contract.ts';
import { type ArchiveView, kindTitles } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { archiveAddress, auditLogApi, sealsQuery } from './audit-log-api.ts';

type Seals = OutputOf<typeof auditLogContract.seals>;

const kinds: Readonly<Record<ArchiveView['kind'], string>> = { all: '全部', ...kindTitles };

/** Goes through the whole trail in parts, so that a long one shows how far it has come. */
const checkAll = async (onPart: (seals: number, entries: number) => void) => {
  const findings: string[] = [];
  let [seals, entries] = [0, 0];
  for (let from: number | null = 1; from !== null; ) {
    const part: OutputOf<typeof auditLogContract.checkTrail> = await auditLogApi.checkTrail({ from });
    findings.push(...part.findings);
    seals += part.seals;
    entries += part.entries;
    onPart(seals, entries);
    from = part.next;
  }
  return { findings, seals, entries };
};

const WholeCheck = () => {
  const [sofar, setSofar] = useState('');
  const check = useMutation({
    mutationFn: () =>
      checkAll((seals, entries) => setSofar(`${formatNumber(seals)} 枚封签、${formatNumber(entries)} 条日志`)),
  });
  const { data, error } = check;
  return (
    <>
      <Button loading={check.isPending} onClick={() => check.mutate()}>
        核验全部
      </Button>
      <span role="status" className={styles.proof} data-intact={data && data.findings.length === 0}>
        {check.isPending && `已核验 ${sofar}`}
        {data && data.findings.length === 0 && (
          <>
            <CheckCircleFilled aria-hidden /> 链完整、签名有效：{sofar}
          </>
        )}
        {data && data.findings.length > 0 && (
          <>
            <CloseCircleFilled aria-hidden /> 发现 {data.findings.length} 处问题
            {data.findings.slice(0, 20).map((finding) => (
              <p key={finding}>{finding}</p>
            ))}
          </>
        )}
        {error && failureOf(error).message}
      </span>
    </>
  );
};

const SealState = ({ last, waiting, fingerprints }: Seals) => (
  <section className={styles.panel}>
    <dl className={styles.facts}>
      <dt>最近封签</dt>
      <dd>
        {last ? (
          <>
            第 {formatNumber(last.number)} 号，
            <TimeText at={last.at} />
          </>
        ) : (
          '尚无'
        )}
        <span className={styles.second}>另有 {formatNumber(waiting)} 条链待封</span>
      </dd>
      <dt>公钥指纹（SM3）</dt>
      <dd>
        {fingerprints.length === 0
          ? '首次封签后生成'
          : fingerprints.map((one) => (
              <code key={one} className={styles.code}>
                {one}
              </code>
            ))}
        <span className={styles.second}>请另行登记；离线核验归档时用 --key 比对</span>
      </dd>
    </dl>
    <div className={styles.checkLine}>
      <WholeCheck />
    </div>
  </section>
);

const Making = ({ months }: { months: readonly string[] }) => {
  const client = useQueryClient();
  const [month, setMonth] = useState<string | null>(months[0] ?? null);
  const [kind, setKind] = useState<ArchiveView['kind']>('all');
  const make = useMutation({
    mutationFn: (wanted: string) => auditLogApi.makeArchive({ month: wanted, kind }),
    onSettled: () => client.invalidateQueries(sealsQuery),
  });
  return (
    <div className={styles.filters}>
      <Select
        style={{ width: 120 }}
        aria-label="月份"
        popupRender={namedMenu('月份')}
        placeholder="月份"
        value={month}
        options={months.map((one) => ({ value: one, label: one }))}
        onChange={setMonth}
      />
      <Select
        style={{ width: 96 }}
        aria-label="类别"
        popupRender={namedMenu('类别')}
        value={kind}
        // The keys of kinds are the kinds.
        options={(Object.keys(kinds) as ArchiveView['kind'][]).map((value) => ({ value, label: kinds[value] }))}
        onChange={setKind}
      />
      <Button
        type="primary"
        loading={make.isPending}
        disabled={month === null}
        onClick={() => month !== null && make.mutate(month)}
      >
        生成归档
      </Button>
      {make.error && (
        <span role="alert" className={styles.fault}>
          {failureOf(make.error).message}
        </span>
      )}
    </div>
  );
};

const Line = ({ one, downloadable }: { one: ArchiveView; downloadable: boolean }) => (
  <tr>
    <td>{one.month}</td>
    <td>{kinds[one.kind]}</td>
    <td>
      {formatNumber(one.fromSeal)}–{formatNumber(one.toSeal)}
    </td>
    <td className={styles.figure}>{formatNumber(one.entries)}</td>
    <td className={styles.figure}>{formatBytes(one.bytes)}</td>
    <td>
      <code className={styles.code} title={one.sm3}>
        {one.sm3.slice(0, 16)}…
      </code>
    </td>
    <td>
      {one.madeBy} <TimeText at={one.madeAt} />
    </td>
    <td>{one.removed ? '已移出数据库' : '在库'}</td>
    <td>{downloadable && <a href={archiveAddress(one.id)}>下载</a>}</td>
  </tr>
);

/** How the log is sealed, and its monthly archives. Source: tender R45. */
export const ArchivesPage = () => {
  const archiver = may(useSession(), 'governance.audit-log:archive');
  const { data, error, refetch } = useQuery(sealsQuery);
  return (
    <div className={styles.page}>
      <PageHeader title="日志归档" note="按月归档，签名封存，可用 verify-audit 命令在任何机器上离线核验" />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        data && (
          <>
            <SealState {...data} />
            {archiver && data.months.length > 0 && <Making months={data.months} />}
            {data.archives.length === 0 ? (
              <EmptyState title="还没有归档">
                {data.months.length === 0 ? '本月结束后即可生成归档。' : '选择月份和类别，生成第一份归档。'}
              </EmptyState>
            ) : (
              <div className={styles.tableBox}>
                <table className={styles.table}>
                  <thead>
                    <tr>
                      {['月份', '类别', '封签', '日志条数', '文件大小', '文件 SM3', '生成', '状态', '操作'].map(
                        (title) => (
                          <th key={title} scope="col">
                            {title}
                          </th>
                        ),
                      )}
                    </tr>
                  </thead>
                  <tbody>
                    {data.archives.map((one) => (
                      <Line key={one.id} one={one} downloadable={archiver} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )
      )}
    </div>
  );
};
