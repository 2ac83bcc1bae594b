import { formatMomentExactly } from '#web-kit/format.ts';
import { StateTag, type StateTone } from '#web-kit/StateTag.tsx';
import type { Column } from '#web-kit/table-column.ts';
import { type EntryRow, kindTitles, outcomeTitles } from '../model/audit-views.ts';

/** The colour of an outcome. */
export const outcomeTone: Readonly<Record<EntryRow['outcome'], StateTone>> = {
  done: 'done',
  refused: 'returned',
  failed: 'refused',
  unknown: 'outside',
};

const text = (value: string | null) => (value ? <span title={value}>{value}</span> : '—');

/** The columns of the log. */
export const entryColumns: readonly Column<EntryRow>[] = [
  { key: 'at', title: '时间', width: 160, pinned: true, fixed: true, cell: ({ at }) => formatMomentExactly(at) },
  { key: 'kind', title: '类别', width: 60, cell: ({ kind }) => kindTitles[kind] },
  {
    key: 'action',
    title: '动作',
    width: 208,
    cell: ({ action, actionTitle }) => <span title={action}>{actionTitle}</span>,
  },
  {
    key: 'outcome',
    title: '结果',
    width: 80,
    cell: ({ outcome }) => <StateTag tone={outcomeTone[outcome]} title={outcomeTitles[outcome]} />,
  },
  {
    key: 'actor',
    title: '人员',
    width: 112,
    cell: ({ actorName, actorId }) => <span title={actorId}>{actorName || '—'}</span>,
  },
  { key: 'organisation', title: '单位', width: 156, cell: ({ organisationName }) => text(organisationName) },
  { key: 'ip', title: '来源地址', width: 112, cell: ({ ip }) => text(ip) },
  { key: 'about', title: '对象', width: 176, cell: ({ aboutId }) => text(aboutId) },
  {
    key: 'trace',
    title: '请求编号',
    width: 96,
    cell: ({ traceId }) => <span title={traceId}>{traceId.slice(0, 8) || '—'}</span>,
  },
];
