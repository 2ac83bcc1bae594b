import { useQuery } from '@tanstack/react-query';
import { may, useSession } from '#web-kit/session.tsx';
import { caseSummaryQuery } from './case-api.ts';

/** How many cases wait for the signed-in person; undefined until known. */
export const useWaitingCases = (): number | undefined => {
  const permitted = may(useSession(), 'elv.vehicle-case:read');
  const { data } = useQuery({ ...caseSummaryQuery, enabled: permitted });
  if (!permitted) return 0;
  return data?.mine.reduce((sum, { count }) => sum + count, 0);
};
