import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatBytes, formatMoment, formatMomentExactly, formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import type { ProcessView, StorageView } from '../model/operating.contract.ts';
import { FiguresTable } from './FiguresTable.tsx';
import styles from './operating.module.css';
import { operatingQuery } from './operating-api.ts';
import { jobColumns, type Of, processColumns, queueColumns, tableColumns, timesColumns } from './operating-columns.tsx';

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
      <FiguresTable
        title="存储"
        note={data && `${storageNote(data.storage)}；${checkNote(data.storage)}`}
        columns={tableColumns}
        rows={data?.storage.largest}
        rowKey={({ table }) => table}
        empty="没有数据表"
      />
    </div>
  );
};
