import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import { searchToldOf } from '#practices/vehicle/model/search-told.ts';
import type { SheetColumn } from '#practices/workbook/model/workbook.ts';
import type { ExportFilter } from '../../case-export/model/case-export.contract.ts';
import { holdTitles, markTitles } from '../model/mark-titles.ts';
import { ownerFields } from '../model/owner.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { CaseRow } from '../model/vehicle-case.views.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { type ListReader, listScopeOf, rowOf } from './case-line.ts';
import type { ListScope } from './case-list.store.ts';
import { countExported, type ExportedCase, enterpriseNameOf, exportedPages } from './exported-cases.store.ts';

const lifecycle = widened(vehicleCase);
const searches = { 'identity-number': '证件号码', phone: '电话', number: '号牌、车架号或案卷编号', name: '姓名或名称' };

/** What reading the list works with; a program that does nothing else puts no more together. */
type ListDesk = Pick<CaseDesk, 'db' | 'crypto' | 'access' | 'settings'>;

/** A line of the file: the case as the list shows it, and the owner as this reader may see them. */
export interface ExportLine {
  readonly row: CaseRow;
  readonly owner: (field: (typeof ownerShown)[number]) => string | null;
}

/** What of the owner the file has besides the name. */
const ownerShown = ['ownerIdentityNo', 'ownerCreditCode', 'ownerPhone'] as const;

const timeOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

const columns: readonly SheetColumn<ExportLine>[] = [
  { title: '案卷编号', width: 20, kind: 'text', value: ({ row }) => row.caseNo },
  { title: '状态', width: 18, kind: 'text', value: ({ row }) => row.stateTitle },
  { title: '号牌', width: 12, kind: 'text', value: ({ row }) => row.plateNo },
  { title: '车辆识别代号', width: 22, kind: 'text', value: ({ row }) => row.vin },
  { title: '品牌型号', width: 24, kind: 'text', value: ({ row }) => row.brandModel },
  { title: '车辆类型', width: 16, kind: 'text', value: ({ row }) => row.vehicleTypeTitle },
  { title: '所有人', width: 20, kind: 'text', value: ({ row }) => row.ownerName },
  ...ownerShown.map(
    (field): SheetColumn<ExportLine> => ({
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
const scopeOf = (desk: ListDesk, by: ListReader): ListScope => {
  const scope = listScopeOf(desk, by);
  return { ...scope, rows: { all: [scope.rows, desk.access.rowFilter(by.subject, `${lifecycle.id}:export`)] } };
};

/** The list of cases as it is taken along: what this reader sees, nothing more. Source: tender R14, R43, R44. */
export const exportedCases = (desk: ListDesk) => {
  const { db, crypto } = desk;
  return {
    columns,
    count: (by: ListReader, filter: ExportFilter, upTo: number): Promise<number> =>
      countExported(db, crypto, filter, scopeOf(desk, by), upTo),
    conditions: async (by: ListReader, filter: ExportFilter): Promise<string> => {
      const { enterpriseId } = filter;
      if (enterpriseId === undefined) return conditionsOf(filter, undefined);
      return conditionsOf(filter, await enterpriseNameOf(db, crypto, enterpriseId, scopeOf(desk, by)));
    },
    async *pages(by: ListReader, filter: ExportFilter, most: number): AsyncGenerator<readonly ExportLine[]> {
      const calendar = await desk.settings.calendar();
      for await (const page of exportedPages(db, crypto, filter, scopeOf(desk, by), most))
        yield page.map((one): ExportLine => {
          const view = viewOf(desk.access, by.subject, one);
          return {
            row: rowOf(desk, by, one.row, calendar),
            owner: (field) => {
              const value = shownValue(ownerFields[field], one.record.sections.owner[field], view(`owner.${field}`));
              return typeof value === 'string' ? value : null;
            },
          };
        });
    },
  };
};
