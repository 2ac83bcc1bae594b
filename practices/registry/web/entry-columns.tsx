import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText, TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import type { RegistryFlow } from '../model/flow.ts';
import type { RegistryProfile } from '../model/profile.ts';
import type { EntryRow } from '../model/registry.views.ts';
import { entryTone, validityTag } from './entry-tone.ts';
import styles from './registry.module.css';

const text = (value: string | null) => <span title={value ?? undefined}>{value ?? '—'}</span>;

const Validity = ({ row }: { row: EntryRow }) => {
  const { validUntil } = row.validity;
  const tag = row.inRegistry ? validityTag(row.validity) : null;
  return (
    <span className={styles.validity}>
      {validUntil ?? '—'}
      {tag && <StateTag tone={tag.tone} title={tag.word} />}
    </span>
  );
};

const titleAt = ({ sections }: RegistryProfile, { section, field }: RegistryProfile['number']): string =>
  sections[section]?.fields[field]?.title ?? field;

/** The columns a registry's list can have, in their order. Source: tender R49. */
export const entryColumnsOf = (profile: RegistryProfile, flow: RegistryFlow): readonly Column<EntryRow>[] => [
  {
    key: 'name',
    title: '单位名称',
    width: 268,
    pinned: true,
    fixed: true,
    cell: ({ organisation }) => text(organisation.name),
  },
  {
    key: 'state',
    title: '状态',
    // Wide enough for marks before the state.
    width: 248,
    fixed: true,
    cell: (row) => (
      <span className={styles.state}>
        {row.mark && <StateTag tone="refused" title={row.mark} />}
        <StateTag
          tone={entryTone(flow, { state: row.state, returned: row.round > 1 && !row.inRegistry })}
          title={row.stateTitle}
        />
        {row.inRegistry && row.state !== flow.rest && <span className={styles.quiet}>变更中</span>}
      </span>
    ),
  },
  {
    key: 'deadline',
    title: '期限',
    width: 120,
    cell: (row) => (
      <DeadlineText deadlineAt={row.deadlineAt} workingDaysLeft={row.workingDaysLeft} overdue={row.overdue} />
    ),
  },
  { key: 'number', title: titleAt(profile, profile.number), width: 176, cell: ({ number }) => text(number) },
  {
    key: 'validUntil',
    title: titleAt(profile, profile.validity),
    width: 204,
    orders: [
      { sort: 'validUntil', direction: 'ascending' },
      { sort: '-validUntil', direction: 'descending' },
    ],
    cell: (row) => <Validity row={row} />,
  },
  {
    key: 'creditCode',
    title: '统一社会信用代码',
    width: 184,
    cell: ({ organisation }) => <code className={styles.code}>{organisation.creditCode}</code>,
  },
  { key: 'district', title: '所在区', width: 92, cell: ({ organisation }) => text(organisation.districtTitle) },
  {
    key: 'registeredAt',
    title: `${flow.words.since}时间`,
    width: 148,
    cell: ({ registeredAt }) => <TimeText at={registeredAt} />,
  },
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
    key: 'actions',
    title: '可办事项',
    width: 200,
    extra: true,
    cell: ({ actions }) => text(actions.join('、') || null),
  },
];
