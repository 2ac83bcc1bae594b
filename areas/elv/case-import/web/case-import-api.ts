import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { caseImportContract } from '../model/case-import.contract.ts';

/** Calls of the import. */
export const importApi = clientOf(caseImportContract, transport);

const importsKey = ['elv', 'case-import'] as const;

/** How often an import under way is looked at, in milliseconds. */
const lookEveryMs = 1_000;

/** One's own latest imports. */
export const importsQuery = queryOptions({
  queryKey: [...importsKey, 'list'],
  queryFn: () => importApi.listImports({}),
});

/** One import; looked at again and again while cases are being opened. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: [...importsKey, 'one', importId],
    queryFn: () => importApi.readImport({ importId }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'opening' ? lookEveryMs : false),
  });
