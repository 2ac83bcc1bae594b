import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { SheetColumn } from '#practices/workbook/model/workbook.ts';
import { writeWorkbook, xlsxType } from '#practices/workbook/server/write-workbook.ts';
import { mostExported, type practitionerContract } from '../model/practitioner.contract.ts';
import { posts, practitionerFields, titleIn } from '../model/practitioner.fields.ts';
import { scopeOf, searchedFor } from './list-scope.ts';
import { accessRowOf } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import {
  countPractitioners,
  eachPractitioner,
  type ListedPractitioner,
  type ListScope,
} from './practitioner-list.store.ts';
import { openNumber, openPerson } from './practitioner-seal.ts';

interface Line {
  readonly row: ListedPractitioner;
  readonly of: (field: 'name' | 'identityNo' | 'phone') => string | null;
}

const columns: readonly SheetColumn<Line>[] = [
  { title: '姓名', width: 14, kind: 'text', value: ({ of }) => of('name') },
  { title: '身份证号码', width: 22, kind: 'text', value: ({ of }) => of('identityNo') },
  { title: '手机或电话', width: 16, kind: 'text', value: ({ of }) => of('phone') },
  { title: '企业', width: 36, kind: 'text', value: ({ row }) => row.organisation_name },
  { title: '岗位', width: 18, kind: 'text', value: ({ row }) => titleIn(posts, row.post) },
  { title: '到岗日期', width: 12, kind: 'text', value: ({ row }) => row.since },
  { title: '离岗日期', width: 12, kind: 'text', value: ({ row }) => row.left_on },
  { title: '证书即将到期', width: 14, kind: 'number', value: ({ row }) => Number(row.lapsing) },
  { title: '证书已到期', width: 12, kind: 'number', value: ({ row }) => Number(row.lapsed) },
  { title: '良好行为', width: 10, kind: 'number', value: ({ row }) => Number(row.good) },
  { title: '不良行为', width: 10, kind: 'number', value: ({ row }) => Number(row.bad) },
  { title: '异议处理中', width: 12, kind: 'number', value: ({ row }) => Number(row.disputed) },
];

async function* linesOf(
  { db, crypto, access }: PractitionerDesk,
  { subject }: CallContext,
  filter: Parameters<typeof eachPractitioner>[1],
  scope: ListScope,
  count: { rows: number },
): AsyncGenerator<Line> {
  for await (const row of eachPractitioner(db, filter, scope)) {
    count.rows += 1;
    const seen = accessRowOf(row);
    // A value is as open as the less open of reading and exporting lets it be.
    const views = ['read', 'export'].map((verb) => access.fieldViews(subject, `elv.practitioner:${verb}`, seen));
    const person = await openPerson(crypto, row.id, row.person_sealed);
    const values = { ...person, identityNo: await openNumber(crypto, row.person_id, row.number_sealed) };
    yield {
      row,
      of: (field) => {
        const both = views.map((view) => view(field));
        const view = both.includes('hidden') ? 'hidden' : both.includes('masked') ? 'masked' : 'plain';
        const value = shownValue(practitionerFields[field], values[field], view);
        return typeof value === 'string' ? value : null;
      },
    };
  }
}

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  certificate: { lapsing: '证书即将到期', lapsed: '证书已到期' },
  conduct: { good: '有良好行为', bad: '有不良行为', disputed: '行为记录有异议待处理' },
  standing: { working: '在岗', left: '已离岗' },
};

/** The conditions in words, for the file and the log: of people only that they were searched for. Source: domain 10.5. */
const conditionsOf = (filter: Readonly<Record<string, string | undefined>>, enterprise: string | undefined): string =>
  [
    filter.q && `查找：按${searchedFor(filter.q) === 'name' ? '姓名' : '身份证号码'}`,
    filter.enterpriseId && `企业：${enterprise ?? filter.enterpriseId}`,
    filter.post && `岗位：${titleIn(posts, filter.post)}`,
    ...['certificate', 'conduct', 'standing'].map((name) => words[name]?.[filter[name] ?? '']),
  ]
    .filter(Boolean)
    .join('；') || '全部';

/**
 * The list of people as a workbook: what this reader sees, with who took it, when and why on top, told to the log with the file's own digest
 * before it leaves. Source: tender R43, T2.10.
 */
export const exportPeople =
  (desk: PractitionerDesk): Handlers<typeof practitionerContract>['exportPeople'] =>
  async ({ filter, reason }, context) => {
    const { db, organisations } = desk;
    const { subject, now } = context;
    const scope = await scopeOf(desk, context, filter.q, ['read', 'export']);
    const there = await countPractitioners(db, filter, scope, mostExported + 1);
    if (there === 0) return context.fail('NOTHING');
    if (there > mostExported) return context.fail('TOO_MANY');
    const enterprise = filter.enterpriseId ? (await organisations.find(db, filter.enterpriseId))?.name : undefined;
    const conditions = conditionsOf(filter, enterprise);
    const count = { rows: 0 };
    const bytes = await buffer(
      writeWorkbook(linesOf(desk, context, filter, scope, count), {
        name: '从业人员',
        above: [
          `${subject.name}（${subject.id}）于 ${shanghaiMinute(now)} 导出，内部资料，不得外传；事由：${reason}`,
          `条件：${conditions}`,
        ],
        columns,
      }),
    );
    const sm3 = createHash('sm3').update(bytes).digest('hex');
    const detail = { reason, filter: conditions, rows: count.rows, limit: mostExported, sm3 };
    await inTransaction(db, (tx) => leaveFact(tx, context, null, 'export', detail));
    return {
      stream: bytes,
      mediaType: xlsxType,
      fileName: `从业人员 ${shanghaiMinute(now).replace(':', '')}.xlsx`,
      disposition: 'attachment',
      sizeBytes: bytes.length,
    };
  };
