import { useQuery } from '@tanstack/react-query';
import { caseSummaryQuery } from './case-api.ts';

/** How many cases wait for the signed-in person; undefined until known. */
export const useWaitingCases = (): number | undefined => {
  const { data } = useQuery(caseSummaryQuery);
  return data?.mine.reduce((sum, { count }) => sum + count, 0);
};
