import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { acceptedImport, importErrors, importedFile, oneImport } from '#practices/workbook/model/import-contract.ts';

/** The most lines of one file. Assumption: the largest enterprise has fewer people; a file of all of them is read in seconds. */
export const mostImportRows = 5_000;

/** The largest file, in bytes: five thousand lines are some 600 KB. */
export const mostImportBytes = 4_000_000;

/** What is known of an uploaded file of people. */
export const importView = importedFile.extend({
  /** How many accounts were opened, once they were. */
  opened: z.int().nullable(),
  /** The initial passwords can still be fetched: until they are erased, or their day ends. */
  passwordsWaiting: z.boolean(),
});
/** See {@link importView}. */
export type ImportView = z.output<typeof importView>;

const base = '/governance/people-imports' as const;
const own = { source: tender(42), permission: 'governance.person:import' } as const;
const { NOT_FOUND, FILE_REFUSED, FAULTY, NOTHING } = importErrors;

/** Opening many accounts from a workbook: looked through first, opened all at once or not at all. Source: tender R42. */
export const personImportContract = {
  template: operation({
    ...own,
    id: 'governance.person.importTemplate',
    title: '下载用户导入模板',
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
    id: 'governance.person.checkImport',
    title: '预检导入的用户',
    method: 'POST',
    path: base,
    input: z.object({ key: z.uuid() }),
    output: importView,
    errors: { FILE_REFUSED },
    audit: 'write',
    body: 'file',
  }),
  read: operation({
    ...own,
    id: 'governance.person.readImport',
    title: '查看一次导入',
    method: 'GET',
    path: `${base}/{importId}`,
    input: oneImport,
    output: importView,
    errors: { NOT_FOUND },
    audit: 'none',
  }),
  accept: operation({
    ...own,
    id: 'governance.person.acceptImport',
    title: '导入用户',
    method: 'POST',
    path: `${base}/{importId}/accept`,
    input: acceptedImport,
    output: importView,
    errors: {
      NOT_FOUND,
      FAULTY,
      NOTHING,
      CHANGED: {
        status: 409,
        message: '预检之后有人开了同名或同证件号码的账号，没有导入任何一行；请重新上传预检',
      },
    },
    audit: 'write',
  }),
  passwords: operation({
    ...own,
    id: 'governance.person.importPasswords',
    title: '下载初始密码',
    method: 'POST',
    path: `${base}/{importId}/passwords`,
    input: oneImport,
    output: z.unknown(),
    errors: {
      NOT_FOUND,
      GONE: { status: 409, message: '初始密码已清除或已过期；没有拿到的请逐人重置密码' },
    },
    audit: 'write',
    reply: 'file',
  }),
  forgetPasswords: operation({
    ...own,
    id: 'governance.person.forgetImportPasswords',
    title: '清除导入的初始密码',
    method: 'POST',
    path: `${base}/{importId}/passwords/forget`,
    input: oneImport,
    output: importView,
    errors: { NOT_FOUND },
    audit: 'write',
  }),
};
