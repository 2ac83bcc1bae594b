import { queryOptions } from '@tanstack/react-query';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { type CaseExportView, caseExportContract } from '../model/case-export.contract.ts';

/** Calls of exports. */
export const exportApi = clientOf(caseExportContract, transport);

/** How often exports in hand are looked at, in milliseconds. */
const lookEveryMs = 1_000;

/** Whether an export is still in hand. */
export const inHand = ({ state }: Pick<CaseExportView, 'state'>): boolean => state === 'queued' || state === 'running';

/** One's own latest exports; looked at again and again while any is in hand. */
export const exportsQuery = queryOptions({
  queryKey: ['elv', 'case-export', 'list'],
  queryFn: () => exportApi.listExports({}),
  refetchInterval: ({ state: { data } }) => (data?.some(inHand) ? lookEveryMs : false),
});

/** Where the file of an export is fetched, by the browser itself: it shows how far it is, and goes on where a line was cut. */
export const fileAddress = (exportId: string): string => addressOf(caseExportContract.downloadExport, { exportId }).url;
