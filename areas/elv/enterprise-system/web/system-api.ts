import { queryOptions } from '@tanstack/react-query';
import { linkOptions } from '@tanstack/react-router';
import { clientOf } from '#kernel/contract/client.ts';
import type { InputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { enterpriseSystemContract, systemStepContract } from '../model/enterprise-system.contract.ts';

/** Calls of looking after enterprises' systems but for their steps. */
export const systemApi = clientOf(enterpriseSystemContract, transport);
/** The steps. */
export const systemSteps = clientOf(systemStepContract, transport);

/** Everything that is shown of enterprises' systems. */
export const systemsKey = ['elv', 'enterprise-system'] as const;

/** How often messages under way are looked at, in milliseconds. */
const lookEveryMs = 5_000;

/** The text to be signed by the key that is registered; asked anew with every dialog. */
export const challengeQuery = queryOptions({
  queryKey: [...systemsKey, 'challenge'],
  queryFn: () => systemApi.challenge({}),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
});

/** A page of the list. */
export const systemsQuery = (filter: InputOf<(typeof enterpriseSystemContract)['list']>) =>
  queryOptions({ queryKey: [...systemsKey, 'list', filter], queryFn: () => systemApi.list(filter) });

/** One system; looked at again while a message to it is under way. */
export const systemQuery = (id: string) =>
  queryOptions({
    queryKey: [...systemsKey, 'one', id],
    queryFn: () => systemApi.get({ id }),
    refetchInterval: ({ state: { data } }) =>
      data?.deliveries.some(({ status }) => status === 'waiting' || status === 'retrying') ? lookEveryMs : false,
  });

/** The page of a system. */
export const systemPlace = (systemId: string) =>
  linkOptions({ to: '/elv/enterprise-systems/$systemId', params: { systemId } });
