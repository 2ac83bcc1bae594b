import { queryOptions } from '@tanstack/react-query';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { saveFile } from '#web-kit/save-file.ts';
import { auditLogContract } from '../model/audit-log.contract.ts';
import type { EntryFilter } from '../model/audit-views.ts';

/** Calls of the log. */
export const auditLogApi = clientOf(auditLogContract, transport);

const key = ['governance', 'audit-log'] as const;

/** A page of the log. */
export const entriesQuery = (filter: EntryFilter, after: string | undefined) =>
  queryOptions({
    queryKey: [...key, 'entries', filter, after],
    queryFn: () => auditLogApi.entries({ ...filter, ...(after ? { after } : {}) }),
    staleTime: 30_000,
  });

/** How many entries a filter finds. */
export const countQuery = (filter: EntryFilter) =>
  queryOptions({ queryKey: [...key, 'count', filter], queryFn: () => auditLogApi.count(filter), staleTime: 30_000 });

/** What the log can name. */
export const choicesQuery = queryOptions({
  queryKey: [...key, 'choices'],
  queryFn: () => auditLogApi.choices({}),
  staleTime: 300_000,
});

/** One entry. */
export const entryQuery = (chain: string, seq: number) =>
  queryOptions({
    queryKey: [...key, 'entry', chain, seq],
    queryFn: () => auditLogApi.entry({ chain, seq }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Alerts, a page of them. */
export const alertsQuery = (state: 'open' | 'handled', after: string | undefined) =>
  queryOptions({
    queryKey: [...key, 'alerts', state, after],
    queryFn: () => auditLogApi.alerts({ state, ...(after ? { after } : {}) }),
  });

/** Every query of alerts, to be asked anew. */
export const alertsKey = [...key, 'alerts'] as const;

/** Seals and archives. */
export const sealsQuery = queryOptions({ queryKey: [...key, 'seals'], queryFn: () => auditLogApi.seals({}) });

/** The log's settings. */
export const settingsQuery = queryOptions({ queryKey: [...key, 'settings'], queryFn: () => auditLogApi.settings({}) });

/** Where an archive is downloaded. */
export const archiveAddress = (id: string): string => addressOf(auditLogContract.archiveFile, { id }).url;

/** Exports what a filter finds and hands the file to the browser. Errors: throws Failure, in Chinese. */
export const saveExport = (filter: EntryFilter, reason: string): Promise<void> =>
  saveFile(auditLogContract.exportEntries, { filter, reason }, '日志.xlsx');
