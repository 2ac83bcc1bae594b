import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { caseFilter } from './vehicle-case.contract.ts';

/** How many cases one file may have; whoever wants more takes them year by year. */
export const mostExported = 10_000;

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

/** Taking the list of cases along as a workbook. Source: tender R14, R43 (数据导出专员). */
export const caseExportContract = {
  exportCases: operation({
    id: 'elv.vehicle-case.export',
    title: '导出案卷列表',
    source: tender(14, 43),
    method: 'POST',
    path: '/elv/vehicle-case-exports',
    permission: 'elv.vehicle-case:export',
    input: z.object({
      filter: exportFilter,
      reason: z
        .string()
        .trim()
        .min(shortestReason, `请写明事由，不少于 ${shortestReason} 个字`)
        .max(200, '事由不超过 200 个字'),
    }),
    output: z.object({}),
    errors: {
      NOTHING: { status: 409, message: '没有符合条件的案卷，无可导出' },
      TOO_MANY: {
        status: 409,
        message: `符合条件的案卷超过 ${mostExported} 件，一次导不完；请选定受理日期或增加筛选条件，分次导出`,
      },
    },
    audit: 'write',
    reply: 'file',
  }),
};
