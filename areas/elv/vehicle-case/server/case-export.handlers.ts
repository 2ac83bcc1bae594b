import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import type { SheetColumn } from '#practices/workbook/model/workbook.ts';
import { writeWorkbook, xlsxType } from '#practices/workbook/server/write-workbook.ts';
import { type caseExportContract, type ExportFilter, mostExported } from '../model/case-export.contract.ts';
import { holdTitles, markTitles } from '../model/mark-titles.ts';
import { ownerFields } from '../model/owner.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CaseRow } from '../model/vehicle-case.views.ts';
import { listScopeOf, rowOf } from './case.handlers.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { countExported, type ExportedCase, eachExported, enterpriseNameOf } from './case-export.store.ts';
import type { ListScope } from './case-list.store.ts';

const action = 'elv.vehicle-case.export';
const lifecycle = widened(vehicleCase);
const searches = { 'identity-number': '证件号码', phone: '电话', number: '号牌、车架号或案卷编号', name: '姓名或名称' };

/** A line of the file: the case as the list shows it, and the owner as this reader may see them. */
interface Line {
  readonly row: CaseRow;
  readonly owner: (field: (typeof ownerShown)[number]) => string | null;
}

/** What of the owner the file has besides the name. */
const ownerShown = ['ownerIdentityNo', 'ownerCreditCode', 'ownerPhone'] as const;

const timeOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

const columns: readonly SheetColumn<Line>[] = [
  { title: '案卷编号', width: 20, kind: 'text', value: ({ row }) => row.caseNo },
  { title: '状态', width: 18, kind: 'text', value: ({ row }) => row.stateTitle },
  { title: '号牌', width: 12, kind: 'text', value: ({ row }) => row.plateNo },
  { title: '车辆识别代号', width: 22, kind: 'text', value: ({ row }) => row.vin },
  { title: '品牌型号', width: 24, kind: 'text', value: ({ row }) => row.brandModel },
  { title: '车辆类型', width: 16, kind: 'text', value: ({ row }) => row.vehicleTypeTitle },
  { title: '所有人', width: 20, kind: 'text', value: ({ row }) => row.ownerName },
  ...ownerShown.map(
    (field): SheetColumn<Line> => ({
      title: `所有人${ownerFields[field].title}`,
      width: 24,
      kind: 'text',
      value: ({ owner }) => owner(field),
    }),
  ),
  { title: '回收企业', width: 36, kind: 'text', value: ({ row }) => row.enterpriseName },
  {
    title: '标记',
    width: 20,
    kind: 'text',
    value: ({ row }) => row.marks.map(({ title }) => title).join('、') || null,
  },
  { title: '轮次', width: 8, kind: 'number', value: ({ row }) => row.round },
  { title: '受理时间', width: 20, kind: 'time', value: ({ row }) => timeOf(row.openedAt) },
  { title: '进入状态', width: 20, kind: 'time', value: ({ row }) => timeOf(row.stateSince) },
  { title: '期限', width: 20, kind: 'time', value: ({ row }) => timeOf(row.deadlineAt) },
  {
    title: '暂停办理',
    width: 14,
    kind: 'text',
    value: ({ row }) => row.holds.map(({ title }) => title).join('、') || null,
  },
  { title: '超期', width: 8, kind: 'text', value: ({ row }) => (row.overdue ? '超期' : null) },
];

/** A field is as open as the less open of reading and exporting lets it be. */
const viewOf = (access: Access, subject: Subject, { row }: ExportedCase): ((field: string) => FieldView) => {
  const seen = accessRowOf(row);
  const [read, taken] = ['read', 'export'].map((verb) => access.fieldViews(subject, `${lifecycle.id}:${verb}`, seen));
  return (field) => {
    const views = [read?.(field), taken?.(field)];
    return views.includes('hidden') ? 'hidden' : views.includes('masked') ? 'masked' : 'plain';
  };
};

async function* linesOf(
  cases: AsyncIterable<ExportedCase>,
  desk: CaseDesk,
  context: CallContext,
  count: { rows: number },
): AsyncGenerator<Line> {
  const calendar = await desk.settings.calendar();
  for await (const one of cases) {
    count.rows += 1;
    const view = viewOf(desk.access, context.subject, one);
    yield {
      row: rowOf(desk, context, one.row, calendar),
      owner: (field) => {
        const value = shownValue(ownerFields[field], one.record.sections.owner[field], view(`owner.${field}`));
        return typeof value === 'string' ? value : null;
      },
    };
  }
}

/** The conditions in words, for the file and the log: of people only that they were searched for. Source: domain 10.5. */
const conditionsOf = (filter: ExportFilter, enterpriseName: string | undefined): string => {
  const { q, state, mark, enterpriseId, districtCode, held, overdue, mine, openedFrom, openedTo } = filter;
  const told = q ? searchToldOf(q) : undefined;
  return (
    [
      told && `查找：${told.text ?? `按${searches[told.search]}`}`,
      state?.length && `状态：${state.map((one) => lifecycle.states[one]?.title ?? one).join('、')}`,
      mark?.length && `标记：${mark.map((one) => markTitles[one]).join('、')}`,
      enterpriseId && `回收企业：${enterpriseName ?? enterpriseId}`,
      districtCode && `区：${districtName(districtCode)}`,
      held && holdTitles[held],
      overdue && '超期',
      mine && '等我处理的',
      (openedFrom || openedTo) && `受理日期：${openedFrom ?? '最初'} 至 ${openedTo ?? '今'}`,
    ]
      .filter(Boolean)
      .join('；') || '全部'
  );
};

/** Rows both the list and the export are granted for: exporting never reaches what reading does not. */
const scopeOf = (desk: CaseDesk, context: CallContext): ListScope => {
  const scope = listScopeOf(desk, context);
  return { ...scope, rows: { all: [scope.rows, desk.access.rowFilter(context.subject, `${lifecycle.id}:export`)] } };
};

const leaveFact = (desk: CaseDesk, context: CallContext, detail: Readonly<Record<string, unknown>>) => {
  const { subject, ip, now, traceId } = context;
  const { id, name, organisationId } = subject;
  const actor = { id, name, organisationId, ip };
  return inTransaction(desk.db, (tx) =>
    appendFact(tx, { at: now, kind: 'operation', action, actor, object: null, outcome: 'done', detail, traceId }),
  );
};

/**
 * The list of cases as a workbook: what this reader sees, with who took it, when and why on top, told to the log with the file's own digest
 * before it leaves. The file is made whole first, for its digest; the limit keeps it small.
 */
export const caseExportHandlers = (desk: CaseDesk): Handlers<typeof caseExportContract> => ({
  exportCases: async ({ filter, reason }, context) => {
    const { db, crypto } = desk;
    const { subject, now } = context;
    const scope = scopeOf(desk, context);
    const there = await countExported(db, crypto, filter, scope, mostExported + 1);
    if (there === 0) return context.fail('NOTHING');
    if (there > mostExported) return context.fail('TOO_MANY');
    const { enterpriseId } = filter;
    const conditions = conditionsOf(
      filter,
      enterpriseId === undefined ? undefined : await enterpriseNameOf(db, crypto, enterpriseId, scope),
    );
    const count = { rows: 0 };
    const cases = eachExported(db, crypto, filter, scope, mostExported);
    const bytes = await buffer(
      writeWorkbook(linesOf(cases, desk, context, count), {
        name: '案卷',
        above: [
          `${subject.name}（${subject.id}）于 ${shanghaiMinute(now)} 导出，内部资料，不得外传；事由：${reason}`,
          `条件：${conditions}；按受理时间由近及远`,
        ],
        columns,
      }),
    );
    const sm3 = createHash('sm3').update(bytes).digest('hex');
    await leaveFact(desk, context, { reason, filter: conditions, rows: count.rows, limit: mostExported, sm3 });
    return {
      stream: bytes,
      mediaType: xlsxType,
      fileName: `案卷列表 ${shanghaiMinute(now).replace(':', '')}.xlsx`,
      disposition: 'attachment',
      sizeBytes: bytes.length,
    };
  },
});
