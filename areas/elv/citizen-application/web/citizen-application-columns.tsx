import { PlateMark } from '#web-kit/PlateMark.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText, TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import { VinText } from '#web-kit/VinText.tsx';
import type { CitizenApplicationRow } from '../model/citizen-application.contract.ts';

const columns: readonly Column<CitizenApplicationRow>[] = [
  {
    key: 'plate',
    title: '号牌',
    width: 128,
    pinned: true,
    fixed: true,
    cell: ({ plateNo, plateTypeCode }) => <PlateMark plateNo={plateNo} plateTypeCode={plateTypeCode} />,
  },
  {
    key: 'applicationNo',
    title: '申请编号',
    width: 164,
    pinned: true,
    fixed: true,
    cell: ({ applicationNo }) => applicationNo,
  },
  {
    key: 'state',
    title: '状态',
    width: 128,
    fixed: true,
    cell: ({ state, stateTitle }) => <StateTag tone={state === 'accepted' ? 'done' : 'ours'} title={stateTitle} />,
  },
  {
    key: 'deadline',
    title: '答复期限',
    width: 120,
    cell: (row) => (
      <DeadlineText deadlineAt={row.deadlineAt} workingDaysLeft={row.workingDaysLeft} overdue={row.overdue} />
    ),
  },
  { key: 'brandModel', title: '品牌型号', width: 180, cell: ({ brandModel }) => brandModel ?? '—' },
  { key: 'vin', title: '车辆识别代号', width: 204, cell: ({ vin }) => <VinText vin={vin} quiet /> },
  { key: 'by', title: '申请人', width: 100, cell: ({ byAgent }) => (byAgent ? '代理人' : '车主本人') },
];

const since: Column<CitizenApplicationRow> = {
  key: 'since',
  title: '进入状态',
  width: 148,
  cell: ({ stateSince }) => <TimeText at={stateSince} />,
};

const enterprise: Column<CitizenApplicationRow> = {
  key: 'enterprise',
  title: '所选企业',
  width: 220,
  cell: ({ enterpriseName }) => enterpriseName ?? '—',
};

/** The columns of the list, in their order; whoever sees several enterprises sees which one was chosen, and first since when it waits. */
export const citizenApplicationColumns = (several: boolean): readonly Column<CitizenApplicationRow>[] =>
  several ? [...columns.slice(0, 3), since, enterprise, ...columns.slice(3)] : [...columns, since];
