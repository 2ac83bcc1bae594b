import type { Column } from '#web-kit/table-column.ts';
import type { PractitionerRow } from '../model/practitioner.views.ts';
import styles from './practitioner.module.css';

const text = (value: string | null) => <span title={value ?? undefined}>{value ?? '—'}</span>;

const Certificates = ({ row: { lapsing, lapsed } }: { row: PractitionerRow }) => (
  <span className={styles.marks}>
    {lapsed > 0 && <b className={styles.bad}>已到期 {lapsed}</b>}
    {lapsing > 0 && <b className={styles.soon}>将到期 {lapsing}</b>}
    {lapsed + lapsing === 0 && '—'}
  </span>
);

const Conduct = ({ row: { good, bad, disputed } }: { row: PractitionerRow }) => (
  <span className={styles.marks}>
    {good > 0 && <b className={styles.good}>良好 {good}</b>}
    {bad > 0 && <b className={styles.bad}>不良 {bad}</b>}
    {disputed > 0 && <b className={styles.soon}>异议 {disputed}</b>}
    {good + bad + disputed === 0 && '—'}
  </span>
);

/** The columns the list of people at work can have, in their order. */
export const practitionerColumns: readonly Column<PractitionerRow>[] = [
  { key: 'name', title: '姓名', width: 120, pinned: true, fixed: true, cell: ({ name }) => name ?? '—' },
  { key: 'identityNo', title: '身份证号码', width: 168, cell: ({ identityNo }) => text(identityNo) },
  { key: 'post', title: '岗位', width: 140, cell: ({ postTitle }) => text(postTitle) },
  { key: 'enterprise', title: '企业', width: 210, cell: ({ organisationName }) => text(organisationName) },
  {
    key: 'since',
    title: '到岗',
    width: 104,
    orders: [
      { sort: '-since', direction: 'descending' },
      { sort: 'since', direction: 'ascending' },
    ],
    cell: ({ since }) => since,
  },
  { key: 'leftOn', title: '离岗', width: 104, cell: ({ leftOn }) => leftOn ?? '在岗' },
  { key: 'certificates', title: '证书到期', width: 150, cell: (row) => <Certificates row={row} /> },
  { key: 'conduct', title: '行为记录', width: 170, cell: (row) => <Conduct row={row} /> },
];
