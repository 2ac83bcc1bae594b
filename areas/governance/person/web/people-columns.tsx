import { StateTag } from '#web-kit/StateTag.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { Column } from '#web-kit/table-column.ts';
import type { PersonChoices, PersonRow } from '../model/person.view.ts';
import { personStatuses } from '../model/person-status.ts';
import { districtTitle, platformTitle, statusTones } from './person-words.ts';

const text = (value: string | null) => <span title={value ?? undefined}>{value ?? '—'}</span>;

const peopleColumns: readonly Column<PersonRow>[] = [
  { key: 'name', title: '姓名', width: 96, pinned: true, fixed: true, cell: ({ name }) => text(name) },
  {
    key: 'userName',
    title: '用户名',
    width: 208,
    pinned: true,
    fixed: true,
    orders: [
      { sort: 'userName', direction: 'ascending' },
      { sort: '-userName', direction: 'descending' },
    ],
    cell: ({ userName }) => text(userName),
  },
  {
    key: 'status',
    title: '状态',
    width: 92,
    fixed: true,
    cell: ({ status }) => <StateTag tone={statusTones[status]} title={personStatuses[status]} />,
  },
  {
    key: 'organisation',
    title: '单位',
    width: 196,
    cell: ({ organisationName }) => text(organisationName ?? platformTitle),
  },
  { key: 'post', title: '岗位', width: 88, cell: ({ post }) => text(post) },
  {
    key: 'roles',
    title: '角色',
    width: 156,
    cell: ({ roles }) => text(roles.map(({ title }) => title).join('、') || null),
  },
  { key: 'phone', title: '手机或电话', width: 116, cell: ({ phone }) => text(phone) },
  {
    key: 'validUntil',
    title: '有效期至',
    width: 98,
    cell: ({ validUntil }) => (validUntil === null ? '长期' : <TimeText at={validUntil} day />),
  },
  {
    key: 'lastSignInAt',
    title: '最近登录',
    width: 140,
    cell: ({ lastSignInAt }) => (lastSignInAt === null ? '未登录过' : <TimeText at={lastSignInAt} />),
  },
  {
    key: 'district',
    title: '所属区',
    width: 96,
    extra: true,
    cell: ({ districtCode }) => districtTitle(districtCode),
  },
  {
    key: 'createdAt',
    title: '开通时间',
    width: 140,
    extra: true,
    orders: [
      { sort: '-createdAt', direction: 'descending' },
      { sort: 'createdAt', direction: 'ascending' },
    ],
    cell: ({ createdAt }) => <TimeText at={createdAt} />,
  },
];

/** The columns worth showing: whoever looks after one organisation knows which it is. */
export const columnsFor = (choices: PersonChoices | undefined): readonly Column<PersonRow>[] =>
  choices && !choices.platform && choices.organisations.length < 2
    ? peopleColumns.filter(({ key }) => key !== 'organisation')
    : peopleColumns;
