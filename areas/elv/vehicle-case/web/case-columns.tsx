import { PlateMark } from '#web-kit/PlateMark.tsx';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText, TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import { VinText } from '#web-kit/VinText.tsx';
import type { CaseRow } from '../model/vehicle-case.views.ts';
import styles from './case-list.module.css';
import { MarkTag } from './MarkTag.tsx';
import { holdTone, stateTone } from './state-tone.ts';

const text = (value: string | null) => <span title={value ?? undefined}>{value ?? '—'}</span>;

/** A held case has no deadline that runs: what holds it stands there instead, the graver of two alone. */
const Held = ({ holds }: Pick<CaseRow, 'holds'>) => {
  const gravest = holds.find(({ code }) => code === 'frozen') ?? holds[0];
  if (!gravest) return null;
  const reason = `${holds.map(({ title }) => title).join('、')}，期限暂停计时`;
  return <SolidTag tone={holdTone(gravest.code)} title={gravest.title} reason={reason} />;
};

/** The columns a list of cases can have, in their order. Source: tender R14; shared design specification (plate as a plate, VIN 3-6-8). */
export const caseColumns: readonly Column<CaseRow>[] = [
  {
    key: 'plate',
    title: '号牌',
    width: 128,
    pinned: true,
    fixed: true,
    cell: ({ plateNo, plateTypeCode, marks }) => (
      <PlateMark
        plateNo={plateNo}
        plateTypeCode={plateTypeCode}
        lacking={marks.some(({ code }) => code === 'unregistered') ? '无号牌' : '待填写'}
      />
    ),
  },
  { key: 'caseNo', title: '案卷编号', width: 156, pinned: true, fixed: true, cell: ({ caseNo }) => caseNo },
  {
    key: 'state',
    title: '状态',
    width: 184,
    fixed: true,
    cell: (row) => <StateTag tone={stateTone(row)} title={row.stateTitle} />,
  },
  {
    key: 'deadline',
    title: '期限',
    width: 128,
    orders: [{ sort: 'deadlineAt', direction: 'ascending' }],
    cell: (row) =>
      row.holds.length > 0 ? (
        <Held holds={row.holds} />
      ) : (
        <DeadlineText deadlineAt={row.deadlineAt} workingDaysLeft={row.workingDaysLeft} overdue={row.overdue} />
      ),
  },
  {
    key: 'marks',
    title: '标记',
    width: 160,
    cell: ({ marks }) => (
      <span className={styles.marks}>
        {marks.map((mark) => (
          <MarkTag key={mark.code} mark={mark} />
        ))}
      </span>
    ),
  },
  {
    key: 'actions',
    title: '可办事项',
    width: 160,
    extra: true,
    cell: ({ actions }) => text(actions.join('、') || null),
  },
  { key: 'vin', title: '车辆识别代号', width: 204, cell: ({ vin }) => <VinText vin={vin} quiet /> },
  { key: 'brandModel', title: '品牌型号', width: 168, cell: ({ brandModel }) => text(brandModel) },
  { key: 'vehicleType', title: '车辆类型', width: 120, cell: ({ vehicleTypeTitle }) => text(vehicleTypeTitle) },
  { key: 'owner', title: '所有人', width: 128, cell: ({ ownerName }) => text(ownerName) },
  { key: 'enterprise', title: '回收企业', width: 200, cell: ({ enterpriseName }) => text(enterpriseName) },
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
    title: '受理时间',
    width: 148,
    orders: [
      { sort: '-openedAt', direction: 'descending' },
      { sort: 'openedAt', direction: 'ascending' },
    ],
    cell: ({ openedAt }) => <TimeText at={openedAt} />,
  },
  { key: 'round', title: '轮次', width: 72, extra: true, cell: ({ round }) => (round > 1 ? `第 ${round} 轮` : '首轮') },
];

/** The columns of these names, in the order of the names. */
export const caseColumnsOf = (...keys: readonly string[]): readonly Column<CaseRow>[] =>
  keys.flatMap((key) => caseColumns.filter((column) => column.key === key));
