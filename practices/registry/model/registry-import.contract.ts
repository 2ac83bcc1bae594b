import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { acceptedImport, importErrors, importedFile, oneImport } from '#practices/workbook/model/import-contract.ts';
import type { RegistryProfile } from './profile.ts';

/** The most lines of one file. Assumption: no trade of the city has more enterprises; a file of all of them is read in seconds. */
export const mostImportRows = 2_000;

/** The largest file, in bytes: two thousand lines are some 600 KB. */
export const mostImportBytes = 4_000_000;

/** What is known of an uploaded file of enterprises. */
export const entryImportView = importedFile.extend({
  /** How many organisations would be registered with the entries. */
  newOrganisations: z.int(),
  /** How many entries were made and submitted, once they were. */
  entered: z.int().nullable(),
});
/** See {@link entryImportView}. */
export type EntryImportView = z.output<typeof entryImportView>;

const { NOT_FOUND, FILE_REFUSED, FAULTY, NOTHING } = importErrors;

/** Entering many enterprises from a workbook: looked through first, then entered and submitted all at once or not at all. Source: tender R49. */
export const registryImportContract = (profile: RegistryProfile) => {
  const base = `${profile.path}/imports` as const;
  const own = { source: profile.source, permission: `${profile.id}:import` } as const;
  return {
    template: operation({
      ...own,
      id: `${profile.id}.importTemplate`,
      title: `下载${profile.subject}导入模板`,
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
      id: `${profile.id}.checkImport`,
      title: `预检导入的${profile.subject}`,
      method: 'POST',
      path: base,
      input: z.object({ key: z.uuid() }),
      output: entryImportView,
      errors: { FILE_REFUSED },
      audit: 'write',
      body: 'file',
    }),
    read: operation({
      ...own,
      id: `${profile.id}.readImport`,
      title: '查看一次导入',
      method: 'GET',
      path: `${base}/{importId}`,
      input: oneImport,
      output: entryImportView,
      errors: { NOT_FOUND },
      audit: 'none',
    }),
    accept: operation({
      ...own,
      id: `${profile.id}.acceptImport`,
      title: `导入${profile.subject}`,
      method: 'POST',
      path: `${base}/{importId}/accept`,
      input: acceptedImport,
      output: entryImportView,
      errors: {
        NOT_FOUND,
        FAULTY,
        NOTHING,
        CHANGED: { status: 409, message: '预检之后其中有企业已申报或被导入，没有导入任何一行；请重新上传预检' },
      },
      audit: 'write',
    }),
  };
};

/** See {@link registryImportContract}. */
export type RegistryImportContract = ReturnType<typeof registryImportContract>;
