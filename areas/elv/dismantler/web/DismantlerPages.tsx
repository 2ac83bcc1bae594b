import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { EntryPage } from '#practices/registry/web/entry/EntryPage.tsx';
import { ImportEntries } from '#practices/registry/web/ImportEntries.tsx';
import type { Change } from '#practices/registry/web/RegistryFilters.tsx';
import { RegistryList } from '#practices/registry/web/RegistryList.tsx';
import { dismantlers } from './dismantler-web.ts';
import { dismantlerRoute, dismantlersRoute, importDismantlersRoute } from './routes.tsx';

/** The dismantlers the signed-in person may see. Source: tender R49.1. */
export const DismantlerList = () => {
  const navigate = useNavigate({ from: '/elv/dismantlers' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change: Change = useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  return <RegistryList registry={dismantlers} search={dismantlersRoute.useSearch()} change={change} />;
};

/** Dismantlers from a workbook. Source: tender R49.1 (由管理部门导入). */
export const ImportDismantlers = () => (
  <ImportEntries registry={dismantlers} importId={importDismantlersRoute.useSearch().id} />
);

/** One dismantler's entry. */
export const DismantlerPage = () => {
  const { entryId } = dismantlerRoute.useParams();
  // A page of its own for each entry: nothing of the one before may shine through.
  return <EntryPage key={entryId} registry={dismantlers} id={entryId} />;
};
