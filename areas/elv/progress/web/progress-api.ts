import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { InputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { progressContract } from '../model/progress.contract.ts';
import { publicQueryContract } from '../model/public-query.contract.ts';

/** Calls anybody may make. */
export const publicQueryApi = clientOf(publicQueryContract, transport);

const progressApi = clientOf(progressContract, transport);

/** The figures of a period. */
export const progressQuery = (asked: InputOf<typeof progressContract.figures>) =>
  queryOptions({
    queryKey: ['elv', 'progress', 'figures', asked],
    queryFn: () => progressApi.figures(asked),
    refetchInterval: 60_000,
  });
