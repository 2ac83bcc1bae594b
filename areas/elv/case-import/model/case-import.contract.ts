import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { importFault } from '#practices/workbook/model/import-columns.ts';
import { acceptedImport, importErrors, oneImport } from '#practices/workbook/model/import-contract.ts';

/** The most lines of one file. Assumption: a yard's backlog of a year; more is brought in several files. */
export const mostImportedCases = 10_000;

/** The largest file, in bytes: ten thousand lines are some 3 MB. */
export const mostImportBytes = 10_000_000;

/**
 * How an import stands. `checked`: looked through, nothing opened yet. `opening`: cases are being opened. `halted`: stopped with a reason, to be gone on
 * with. `done`: all are open. `expired`: nobody came back, the lines are forgotten.
 */
export const importState = z.enum(['checked', 'opening', 'halted', 'done', 'expired']);

const importLine = z.object({
  id: z.string(),
  fileName: z.string(),
  uploadedAt: z.string(),
  total: z.int(),
  /** Lines that are right. */
  good: z.int(),
  /** Cases opened so far. */
  opened: z.int(),
  state: importState,
});

/** One's own uploads as a list shows them. */
export type ImportLine = z.output<typeof importLine>;

/** An upload with everything found in it. */
export const caseImportView = importLine.extend({
  faultCount: z.int(),
  /** The first of them, by line. */
  faults: z.array(importFault),
  haltedBecause: z.string().nullable(),
});
/** See {@link caseImportView}. */
export type CaseImportView = z.output<typeof caseImportView>;

const own = { source: tender(1), permission: 'elv.vehicle-case:import' } as const;
const base = '/elv/case-imports';
const NOT_FOUND = { status: 404, message: '没有找到这次导入，请重新上传' } as const;
const { FILE_REFUSED, FAULTY, NOTHING } = importErrors;

/**
 * Opening many cases from a workbook, so that a yard with a system of its own types nothing twice: looked through first, then opened in the background, each
 * line once. Photographs are added to the cases afterwards. Source: tender R01.
 */
export const caseImportContract = {
  importTemplate: operation({
    ...own,
    id: 'elv.vehicle-case.importTemplate',
    title: '下载案卷导入模板',
    method: 'GET',
    path: `${base}/template`,
    input: z.object({}),
    output: z.unknown(),
    errors: {},
    audit: 'none',
    reply: 'file',
  }),
  listImports: operation({
    ...own,
    id: 'elv.vehicle-case.listImports',
    title: '查看最近的案卷导入',
    method: 'GET',
    path: base,
    input: z.object({}),
    output: z.array(importLine),
    errors: {},
    audit: 'none',
  }),
  checkImport: operation({
    ...own,
    id: 'elv.vehicle-case.checkImport',
    title: '预检导入的案卷',
    method: 'POST',
    path: base,
    input: z.object({ key: z.uuid() }),
    output: caseImportView,
    errors: {
      FILE_REFUSED,
      NOT_ACCEPTING: { status: 409, message: '企业现在不能新受理车辆' },
    },
    audit: 'write',
    body: 'file',
  }),
  readImport: operation({
    ...own,
    id: 'elv.vehicle-case.readImport',
    title: '查看一次案卷导入',
    method: 'GET',
    path: `${base}/{importId}`,
    input: oneImport,
    output: caseImportView,
    errors: { NOT_FOUND },
    audit: 'none',
  }),
  acceptImport: operation({
    ...own,
    id: 'elv.vehicle-case.acceptImport',
    title: '导入案卷',
    method: 'POST',
    path: `${base}/{importId}/accept`,
    input: acceptedImport,
    output: caseImportView,
    errors: {
      NOT_FOUND,
      FAULTY,
      NOTHING,
      EXPIRED: { status: 409, message: '预检已超过一天，请重新上传' },
    },
    audit: 'write',
  }),
};
