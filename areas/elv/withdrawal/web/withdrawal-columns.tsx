import { PlateMark } from '#web-kit/PlateMark.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText, TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import { VinText } from '#web-kit/VinText.tsx';
import type { WithdrawalRow } from '../model/withdrawal.views.ts';
import { withdrawalTone } from './withdrawal-tone.ts';

const text = (value: string | null) => <span title={value ?? undefined}>{value ?? '—'}</span>;

/** The columns the list of withdrawals can have, in their order. */
export const withdrawalColumns: readonly Column<WithdrawalRow>[] = [
  {
    key: 'plate',
    title: '号牌',
    width: 128,
    pinned: true,
    fixed: true,
    cell: ({ vehicle }) => <PlateMark plateNo={vehicle.plateNo} plateTypeCode={vehicle.plateTypeCode} />,
  },
  {
    key: 'withdrawalNo',
    title: '申请编号',
    width: 156,
    pinned: true,
    fixed: true,
    cell: ({ withdrawalNo }) => withdrawalNo,
  },
  {
    key: 'state',
    title: '状态',
    width: 184,
    fixed: true,
    cell: ({ state, stateTitle }) => <StateTag tone={withdrawalTone(state)} title={stateTitle} />,
  },
  {
    key: 'deadline',
    title: '期限',
    width: 128,
    orders: [{ sort: 'deadlineAt', direction: 'ascending' }],
    cell: (row) => (
      <DeadlineText deadlineAt={row.deadlineAt} workingDaysLeft={row.workingDaysLeft} overdue={row.overdue} />
    ),
  },
  { key: 'kind', title: '撤销事项', width: 120, cell: ({ kindTitle }) => text(kindTitle) },
  { key: 'cause', title: '撤销原因', width: 150, cell: ({ causeTitle }) => text(causeTitle) },
  { key: 'caseNo', title: '案卷编号', width: 156, cell: ({ vehicle }) => vehicle.caseNo },
  {
    key: 'vin',
    title: '车辆识别代号',
    width: 204,
    extra: true,
    cell: ({ vehicle }) => <VinText vin={vehicle.vin} quiet />,
  },
  { key: 'enterprise', title: '申请企业', width: 200, cell: ({ enterpriseName }) => text(enterpriseName) },
  { key: 'successor', title: '新企业', width: 200, cell: ({ successorName }) => text(successorName) },
  {
    key: 'stateSince',
    title: '进入状态',
    width: 148,
    orders: [
      { sort: '-stateSince', direction: 'descending' },
      { sort: 'stateSince', direction: 'ascending' },
    ],
    cell: ({ stateSince }) => <TimeText at={stateSince} />,
  },
  {
    key: 'openedAt',
    title: '填报时间',
    width: 148,
    extra: true,
    orders: [
      { sort: '-openedAt', direction: 'descending' },
      { sort: 'openedAt', direction: 'ascending' },
    ],
    cell: ({ openedAt }) => <TimeText at={openedAt} />,
  },
  {
    key: 'actions',
    title: '可办事项',
    width: 200,
    extra: true,
    cell: ({ actions }) => text(actions.join('、') || null),
  },
];
