import { useQuery } from '@tanstack/react-query';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { caseQuery } from '../case-api.ts';

/** One case of an end-of-life vehicle. */
export const CasePage = ({ caseId }: { caseId: string }) => {
  const { data, error, refetch } = useQuery(caseQuery(caseId));
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  return data ? <PageHeader title={data.caseNo} note={data.stateTitle} /> : null;
};
