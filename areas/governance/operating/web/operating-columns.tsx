import { formatBytes, formatDuration, formatMomentExactly, formatNumber, nothing } from '#web-kit/format.ts';
import { StateTag } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type {
  ErasingView,
  JobView,
  ProcessView,
  QueueView,
  StorageView,
  TimesView,
} from '../model/operating.contract.ts';
import type { FigureColumn } from './FiguresTable.tsx';
import styles from './operating.module.css';

/** A row that says which process it is of. */
export type Of<Row> = Row & { readonly process: string };

/** A count in red where there should be none. */
const Bad = ({ count }: { count: number }) =>
  count > 0 ? <strong className={styles.bad}>{formatNumber(count)}</strong> : 0;

/** Counts end at ten thousand. */
const counted = (count: number): string => (count >= 10_000 ? '10,000+' : formatNumber(count));

const circuits = {
  closed: { title: '正常', tone: 'done' },
  'half-open': { title: '试探恢复', tone: 'returned' },
  open: { title: '暂停发送', tone: 'refused' },
} as const;

const milliseconds = (value: number | null): string => (value === null ? nothing : `${formatNumber(value)} 毫秒`);

/** Of processes. */
export const processColumns: readonly FigureColumn<ProcessView>[] = [
  { title: '主机', cell: ({ host }) => host },
  { title: '进程号', figure: true, cell: ({ pid }) => pid },
  { title: '领域', cell: ({ areas }) => areas.join('、') },
  { title: '后台工作', cell: ({ commonWork }) => (commonWork ? '承担' : '不承担') },
  { title: '启动', cell: ({ startedAt }) => <TimeText at={startedAt} /> },
  { title: '最近上报', cell: ({ seenAt }) => formatMomentExactly(seenAt) },
  { title: '内存', figure: true, cell: ({ memoryBytes }) => formatBytes(memoryBytes) },
  { title: '其中对象', figure: true, cell: ({ heapBytes }) => formatBytes(heapBytes) },
  { title: '响应迟滞（99%）', figure: true, cell: ({ loopDelayMs }) => milliseconds(loopDelayMs) },
];

/** Of the queues to outside systems. */
export const queueColumns = (now: string | undefined): readonly FigureColumn<QueueView>[] => [
  { title: '外部系统', cell: ({ title }) => title },
  {
    title: '通路',
    cell: ({ circuit }) => <StateTag {...circuits[circuit]} />,
  },
  { title: '待发', figure: true, cell: ({ due }) => counted(due) },
  {
    title: '最久已等',
    figure: true,
    cell: ({ dueSince }) =>
      dueSince && now ? formatDuration((new Date(now).getTime() - new Date(dueSince).getTime()) / 1000) : nothing,
  },
  { title: '到时再发', figure: true, cell: ({ later }) => counted(later) },
  { title: '失败重试中', figure: true, cell: ({ retrying }) => <Bad count={retrying} /> },
  { title: '放弃待人处理', figure: true, cell: ({ givenUp }) => <Bad count={givenUp} /> },
  { title: '最近的失败', cell: ({ fault }) => fault ?? nothing },
];

/** Of the jobs of all processes. */
export const jobColumns: readonly FigureColumn<Of<JobView>>[] = [
  { title: '任务', cell: ({ title }) => title },
  { title: '进程', cell: ({ process }) => process },
  { title: '间隔', figure: true, cell: ({ everySeconds }) => formatDuration(everySeconds) },
  {
    title: '最近一次',
    cell: ({ lastBeganAt, running }) =>
      running ? `${formatMomentExactly(lastBeganAt)} 起，正在进行` : formatMomentExactly(lastBeganAt),
  },
  { title: '用时', figure: true, cell: ({ lastMs }) => milliseconds(lastMs) },
  { title: '次数', figure: true, cell: ({ rounds }) => formatNumber(rounds) },
  { title: '失败', figure: true, cell: ({ failures }) => <Bad count={failures} /> },
  {
    title: '状况',
    cell: ({ fault, lastFailedAt }) =>
      fault === null ? '正常' : <span className={styles.bad}>{`${formatMomentExactly(lastFailedAt)} ${fault}`}</span>,
  },
];

/** Of the operations that take longest. */
export const timesColumns: readonly FigureColumn<Of<TimesView>>[] = [
  { title: '操作', cell: ({ title }) => title },
  { title: '进程', cell: ({ process }) => process },
  { title: '次数', figure: true, cell: ({ calls }) => formatNumber(calls) },
  { title: '一半不超过', figure: true, cell: ({ medianMs }) => milliseconds(medianMs) },
  { title: '95% 不超过', figure: true, cell: ({ p95Ms }) => milliseconds(p95Ms) },
  { title: '系统出错', figure: true, cell: ({ failures }) => <Bad count={failures} /> },
];

/** Of the largest tables. */
export const tableColumns: readonly FigureColumn<StorageView['largest'][number]>[] = [
  { title: '数据表', cell: ({ table }) => table },
  { title: '占用', figure: true, cell: ({ bytes }) => formatBytes(bytes) },
  { title: '行数（估计）', figure: true, cell: ({ rows }) => formatNumber(rows) },
];

/** Of what is erased by itself. */
export const erasingColumns: readonly FigureColumn<ErasingView>[] = [
  { title: '内容', cell: ({ title }) => title },
  { title: '保存', figure: true, cell: ({ keptDays }) => `${formatNumber(keptDays)} 天` },
  { title: '最近查看', cell: ({ lookedAt }) => formatMomentExactly(lookedAt) },
  { title: '最近清除', cell: ({ erasedAt }) => formatMomentExactly(erasedAt) },
  { title: '该次清除', figure: true, cell: ({ lastCount }) => formatNumber(lastCount) },
  { title: '累计清除', figure: true, cell: ({ wholeCount }) => formatNumber(wholeCount) },
];
