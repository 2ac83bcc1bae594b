import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { acceptedImport, importErrors, importedFile, oneImport } from '#practices/workbook/model/import-contract.ts';

/** The most lines of one file. Source: tender T2.10 (more than 2,000 people a year in the whole trade). */
export const mostImportRows = 10_000;

/** The largest file, in bytes: ten thousand lines are some 2 MB. */
export const mostImportBytes = 8_000_000;

/** What is known of an uploaded file of people at work. */
export const practitionerImportView = importedFile.extend({
  /** How many people were entered, once they were. */
  entered: z.int().nullable(),
});
/** See {@link practitionerImportView}. */
export type PractitionerImportView = z.output<typeof practitionerImportView>;

const base = '/elv/practitioner-imports' as const;
const own = { source: tender(49, 'T2.10'), permission: 'elv.practitioner:import' } as const;
const { NOT_FOUND, FILE_REFUSED, FAULTY, NOTHING } = importErrors;

/** Entering an enterprise's people from a workbook: looked through first, then all lines or those that are right. Source: tender T2.10. */
export const practitionerImportContract = {
  template: operation({
    ...own,
    id: 'elv.practitioner.importTemplate',
    title: '下载从业人员导入模板',
    method: 'GET',
    path: `${base}/template`,
    input: z.object({}),
    output: z.unknown(),
    errors: {},
    audit: 'none',
    reply: 'file',
  }),
  check: operation({
    ...own,
    id: 'elv.practitioner.checkImport',
    title: '预检导入的从业人员',
    method: 'POST',
    path: base,
    input: z.object({ key: z.uuid() }),
    output: practitionerImportView,
    errors: {
      FILE_REFUSED,
      NO_ENTERPRISE: { status: 403, message: '从业人员由所在企业导入，您的账号不属于任何企业' },
    },
    audit: 'write',
    body: 'file',
  }),
  read: operation({
    ...own,
    id: 'elv.practitioner.readImport',
    title: '查看一次导入',
    method: 'GET',
    path: `${base}/{importId}`,
    input: oneImport,
    output: practitionerImportView,
    errors: { NOT_FOUND },
    audit: 'none',
  }),
  accept: operation({
    ...own,
    id: 'elv.practitioner.acceptImport',
    title: '导入从业人员',
    method: 'POST',
    path: `${base}/{importId}/accept`,
    input: acceptedImport,
    output: practitionerImportView,
    errors: {
      NOT_FOUND,
      FAULTY,
      NOTHING,
      CHANGED: { status: 409, message: '预检之后其中有人已在本企业登记，没有导入任何一行；请重新上传预检' },
    },
    audit: 'write',
  }),
};
