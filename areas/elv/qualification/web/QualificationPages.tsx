import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { EntryPage } from '#practices/registry/web/entry/EntryPage.tsx';
import type { Change } from '#practices/registry/web/RegistryFilters.tsx';
import { RegistryList } from '#practices/registry/web/RegistryList.tsx';
import { qualifications } from './qualification-web.tsx';
import { qualificationRoute, qualificationsRoute } from './routes.tsx';

/** The qualifications the signed-in person may see. Source: tender R10–R13. */
export const QualificationList = () => {
  const navigate = useNavigate({ from: '/elv/qualifications' });
  // Anything but the page itself leads back to the first page; each letter typed would be a step back of its own.
  const change: Change = useCallback(
    (next) => void navigate({ search: (before) => ({ ...before, page: undefined, ...next }), replace: 'q' in next }),
    [navigate],
  );
  return <RegistryList registry={qualifications} search={qualificationsRoute.useSearch()} change={change} />;
};

/** The qualification of one enterprise. */
export const QualificationPage = () => {
  const { entryId } = qualificationRoute.useParams();
  // A page of its own for each enterprise: nothing of the one before may shine through.
  return <EntryPage key={entryId} registry={qualifications} id={entryId} />;
};
