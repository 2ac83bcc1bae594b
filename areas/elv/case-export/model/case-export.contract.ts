import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { caseFilter } from '../../vehicle-case/model/vehicle-case.contract.ts';

/** How many cases one file may have for whoever may export at all. */
export const mostExported = 10_000;

/** How many for whoever may export in bulk; a worksheet holds 1,048,576 lines. */
export const mostExportedInBulk = 500_000;

/** How many exports one person may have in hand at once, unless set otherwise. */
export const usualExportsPerPerson = 2;

/** How many finished files of one person are kept at once, unless set otherwise: of half a million rows each has some 40 MB. */
export const usualExportFilesPerPerson = 10;

/** The least a reason says, in characters. */
export const shortestReason = 4;

const day = z.iso.date('日期应为 yyyy-MM-dd');

/** What a case list is narrowed to, for taking it along: its filters without order and page, and days of acceptance. */
export const exportFilter = caseFilter.omit({ sort: true, page: true, size: true }).extend({
  /** First and last day of acceptance in Shanghai, both included. */
  openedFrom: day.optional(),
  openedTo: day.optional(),
});
/** See {@link exportFilter}. */
export type ExportFilter = z.output<typeof exportFilter>;

/**
 * How an export stands. `queued`: nobody has begun. `running`: rows are being written. `done`: the file is there. `cancelled`: by whoever asked. `failed`:
 * ended with a reason. `expired`: the file has been cleared away, after its days or for newer ones.
 */
export const exportState = z.enum(['queued', 'running', 'done', 'cancelled', 'failed', 'expired']);
/** See {@link exportState}. */
export type ExportState = z.output<typeof exportState>;

/** An export as whoever asked for it sees it. */
export const caseExportView = z.object({
  id: z.string(),
  /** What it was narrowed to, in words. */
  conditions: z.string(),
  reason: z.string(),
  askedAt: z.string(),
  state: exportState,
  /** Rows written so far, of those counted when it was asked for. */
  rows: z.int(),
  total: z.int(),
  sizeBytes: z.int().nullable(),
  /** When the file is cleared away. */
  expiresAt: z.string().nullable(),
  failure: z.string().nullable(),
});
/** See {@link caseExportView}. */
export type CaseExportView = z.output<typeof caseExportView>;

const may = { source: tender(14, 43), permission: 'elv.vehicle-case:export' } as const;
const base = '/elv/vehicle-case-exports';
const NOT_FOUND = { status: 404, message: '没有找到这次导出，请在“我的导出”中查看' } as const;
const one = z.object({ exportId: z.string().min(1).max(64) });

const asking = {
  method: 'POST',
  input: z.object({
    /** The same key again is the same export. */
    key: z.uuid(),
    filter: exportFilter,
    reason: z
      .string()
      .trim()
      .min(shortestReason, `请写明事由，不少于 ${shortestReason} 个字`)
      .max(200, '事由不超过 200 个字'),
  }),
  output: caseExportView,
  errors: {
    NOTHING: { status: 409, message: '没有符合条件的案卷，无可导出' },
    TOO_MANY: { status: 409, message: '符合条件的案卷超过一次导出的上限' },
    BUSY: { status: 409, message: '您正在进行的导出已达上限，请等其中一个完成或取消后再导出' },
  },
  audit: 'write',
} as const;

/** Taking the list of cases along as a workbook, written in the background. Source: tender R14, R43 (数据导出专员), T2.11. */
export const caseExportContract = {
  exportCases: operation({ ...may, ...asking, id: 'elv.vehicle-case.export', title: '导出案卷列表', path: base }),
  exportInBulk: operation({
    ...may,
    ...asking,
    id: 'elv.vehicle-case.exportInBulk',
    title: '大批量导出案卷列表',
    permission: 'elv.vehicle-case:exportInBulk',
    path: `${base}/bulk`,
  }),
  listExports: operation({
    ...may,
    id: 'elv.vehicle-case.listExports',
    title: '查看我的导出',
    method: 'GET',
    path: base,
    input: z.object({}),
    output: z.array(caseExportView),
    errors: {},
    audit: 'none',
  }),
  cancelExport: operation({
    ...may,
    id: 'elv.vehicle-case.cancelExport',
    title: '取消案卷导出',
    method: 'POST',
    path: `${base}/{exportId}/cancel`,
    input: one,
    output: caseExportView,
    errors: { NOT_FOUND },
    audit: 'write',
  }),
  downloadExport: operation({
    ...may,
    id: 'elv.vehicle-case.downloadExport',
    title: '下载导出的案卷列表',
    method: 'GET',
    path: `${base}/{exportId}/file`,
    input: one,
    output: z.unknown(),
    errors: {
      NOT_FOUND,
      NOT_READY: { status: 409, message: '文件还没有生成，请等导出完成后再下载' },
      GONE: { status: 404, message: '文件已过保留期限，或因您新导出的文件较多而让出位置，已清除；请重新导出' },
      RIGHTS_CHANGED: { status: 409, message: '导出之后您的权限有变动，这份文件不能再下载；请重新导出' },
    },
    audit: 'partly',
    reply: 'file',
  }),
};
