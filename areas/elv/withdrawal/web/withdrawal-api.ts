import { queryOptions } from '@tanstack/react-query';
import { linkOptions } from '@tanstack/react-router';
import { clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { withdrawalContract } from '../model/withdrawal.contract.ts';
import { withdrawalStepContract } from '../model/withdrawal.steps.ts';
import { filterOf, type WithdrawalSearch } from './withdrawal-search.ts';

/** Calls of withdrawals but for their lifecycle steps. */
export const withdrawalApi = clientOf(withdrawalContract, transport);
/** The lifecycle steps. */
export const withdrawalSteps = clientOf(withdrawalStepContract, transport);

/** Lists, counts and what cases say of their withdrawal: what a finished step changes elsewhere. */
export const withdrawalListsKey = ['elv', 'withdrawal', 'lists'] as const;
/** One open withdrawal. */
export const withdrawalKey = (id: string) => ['elv', 'withdrawal', 'one', id] as const;

/** A page of the list. */
export const withdrawalListQuery = (search: WithdrawalSearch) =>
  queryOptions({
    queryKey: [...withdrawalListsKey, 'list', filterOf(search)],
    queryFn: () => withdrawalApi.list(filterOf(search)),
  });

/** What waits for the signed-in person, and how many withdrawals rest in each state. */
export const withdrawalSummaryQuery = queryOptions({
  queryKey: [...withdrawalListsKey, 'summary'],
  queryFn: () => withdrawalApi.summary({}),
  refetchInterval: 60_000,
});

/** One withdrawal as its reader may see it. */
export const withdrawalQuery = (id: string) =>
  queryOptions({ queryKey: [...withdrawalKey(id), 'view'], queryFn: () => withdrawalApi.get({ id }) });

/** What a case has of withdrawals; asked anew whenever the case has changed. */
export const ofCaseQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...withdrawalListsKey, 'of-case', id, version],
    queryFn: () => withdrawalApi.ofCase({ id }),
  });

/** The page of a withdrawal. */
export const placeOf = (withdrawalId: string) =>
  linkOptions({ to: '/elv/withdrawals/$withdrawalId', params: { withdrawalId } });
/** The page of a vehicle case. */
export const casePlaceOf = (caseId: string) => linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId } });
