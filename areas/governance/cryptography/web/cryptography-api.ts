import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { cryptographyContract } from '../model/cryptography.contract.ts';

/** Calls of keys and the self-check. */
export const cryptographyApi = clientOf(cryptographyContract, transport);

const key = ['governance', 'cryptography'] as const;

/** Whether a renewal of keys is still going on. */
export const isUnderWay = (state: string | undefined): boolean =>
  state === 'starting' || state === 'running' || state === 'checking';

/** The keys and how the last renewal stands; asked again every second while one is going on. */
export const keysQuery = queryOptions({
  queryKey: [...key, 'keys'],
  queryFn: () => cryptographyApi.keys({}),
  refetchInterval: ({ state }) => (isUnderWay(state.data?.rotation?.state) ? 1_000 : false),
});

/** The latest self-check. */
export const selfCheckQuery = queryOptions({
  queryKey: [...key, 'self-check'],
  queryFn: () => cryptographyApi.selfCheck({}),
});
