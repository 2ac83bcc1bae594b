import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatBytes, formatMoment, formatMomentExactly, formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import type { BackupsView, ProcessView, StorageView } from '../model/operating.contract.ts';
import { FiguresTable } from './FiguresTable.tsx';
import styles from './operating.module.css';
import { operatingQuery } from './operating-api.ts';
import {
  erasingColumns,
  jobColumns,
  type Of,
  processColumns,
  queueColumns,
  tableColumns,
  timesColumns,
} from './operating-columns.tsx';

const nameOf = ({ host, pid }: ProcessView): string => `${host} ${pid}`;

const ofAll = <Row,>(
  processes: readonly ProcessView[] | undefined,
  rows: (process: ProcessView) => readonly Row[],
): readonly Of<Row>[] | undefined =>
  processes?.flatMap((process) => rows(process).map((row) => ({ ...row, process: nameOf(process) })));

const checkNote = ({ check }: StorageView): string => {
  if (!check) return '文件尚未核对';
  const found = check.bad > 0 ? `，其中 ${formatNumber(check.bad)} 个不符，见安全告警` : '，全部相符';
  const when = check.endedAt ? `${formatMoment(check.endedAt)} 核对完` : `${formatMoment(check.beganAt)} 起核对`;
  return `文件：${when}，已读 ${formatNumber(check.checked)} 个${found}`;
};

type Disk = StorageView['disks'][number];

const roomNote = ({ holds, freeBytes, wholeBytes }: Disk): string =>
  `${holds.join('、')}所在磁盘剩余 ${formatBytes(freeBytes)}，共 ${formatBytes(wholeBytes)}`;

const storageNote = ({ databaseBytes, disks }: StorageView): string =>
  [`数据库共 ${formatBytes(databaseBytes)}`, ...disks.map(roomNote)].join('；');

/** Disks that are nearly full, before anything is refused for it. */
const LowDisks = ({ disks }: { disks: readonly Disk[] }) =>
  disks
    .filter(({ low }) => low)
    .map((disk) => (
      <Alert
        key={disk.holds.join()}
        type="error"
        showIcon
        title="磁盘空间不足"
        description={`${roomNote(disk)}。写满后不能保存和上传，已保存的不受影响；请尽快清理或扩容，有了空间即自动恢复。`}
      />
    ));

const backupNote = ({ last, checked }: BackupsView): string => {
  if (last === null) return '尚未做过';
  const copied = last.copiedBytes < last.bytes ? `，其中新复制的文件 ${formatBytes(last.copiedBytes)}` : '';
  const made = `${formatMoment(last.momentAt)} 的状态，文件 ${formatNumber(last.files)} 个，压缩前 ${formatBytes(last.bytes)}${copied}，在 ${last.place}`;
  return checked
    ? `${made}；${formatMoment(checked.at)} 逐字节核对过 ${formatMoment(checked.momentAt)} 的备份，完整`
    : `${made}；还没有逐字节核对过任何一份`;
};

const lateWords = ({ last, lateHours }: BackupsView): string =>
  last === null
    ? '还没有做过备份，数据损坏时无法恢复。请在服务器上运行 npm run backup -- --into 目录，并设为每日任务。'
    : `最近一次备份是 ${formatMoment(last.momentAt)} 的状态，已超过 ${lateHours} 小时。请查看每日备份任务为何没有完成，或在服务器上运行 npm run backup -- --into 目录。`;

/** How the system runs: queues, jobs, processes, storage, what is slow. Source: tender T2.2, T3.1. */
export const OperatingPage = () => {
  const { data, error, refetch } = useQuery(operatingQuery);
  if (error && !data) return <FailurePanel error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.page} aria-busy={data === undefined}>
      <PageHeader
        title="运行状况"
        note={
          data && (error ? '暂时取不到新的数据，以下是先前的' : `${formatMomentExactly(data.at)} 的数据，每 10 秒更新`)
        }
      />
      {data && data.processes.length > 0 && data.idle.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={`没有进程承担后台工作：${data.idle.join('、')}`}
          description="对外报文不会发出，统计、导入、导出都停着。请启动设置为 DUTIES=work 或 DUTIES=all、且 AREAS 含有所列领域的进程。"
        />
      )}
      {data && <LowDisks disks={data.storage.disks} />}
      {data?.backups.late && (
        <Alert type="warning" showIcon title="没有新的备份" description={lateWords(data.backups)} />
      )}
      <FiguresTable
        title="对外报文"
        columns={queueColumns(data?.at)}
        rows={data?.queues}
        rowKey={({ connector }) => connector}
        empty="没有接入外部系统"
      />
      <FiguresTable
        title="后台任务"
        columns={jobColumns}
        rows={ofAll(data?.processes, ({ jobs }) => jobs)}
        rowKey={({ id, process }) => `${process} ${id}`}
        empty="没有后台任务在运行"
      />
      <FiguresTable
        title="服务进程"
        columns={processColumns}
        rows={data?.processes}
        rowKey={({ id }) => id}
        empty="一分钟内没有进程上报"
      />
      <FiguresTable
        title="较慢的操作"
        note="各进程启动以来"
        columns={timesColumns}
        rows={ofAll(data?.processes, ({ slowest }) => slowest)}
        rowKey={({ operation, process }) => `${process} ${operation}`}
        empty="还没有操作"
      />
      <section className={styles.part} aria-label="备份">
        <h2>
          备份
          {data && <span className={styles.second}>{backupNote(data.backups)}</span>}
        </h2>
      </section>
      <FiguresTable
        title="存储"
        note={data && `${storageNote(data.storage)}；${checkNote(data.storage)}`}
        columns={tableColumns}
        rows={data?.storage.largest}
        rowKey={({ table }) => table}
        empty="没有数据表"
      />
      <FiguresTable
        title="到期清除"
        note="时限在“办理期限”中调整；案卷、办理步骤和登记信息不清除"
        columns={erasingColumns}
        rows={data?.erasing}
        rowKey={({ id }) => id}
        empty="没有到期清除的内容"
      />
    </div>
  );
};
