import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { operatingContract } from '../model/operating.contract.ts';

const operatingApi = clientOf(operatingContract, transport);

/** How the system runs, asked again as often as processes show themselves. */
export const operatingQuery = queryOptions({
  queryKey: ['governance', 'operating'],
  queryFn: () => operatingApi.read({}),
  refetchInterval: 10_000,
});
