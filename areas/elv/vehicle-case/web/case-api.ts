import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import type { InputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { vehicleCaseContract } from '../model/vehicle-case.contract.ts';

/** Calls of the vehicle case but for its lifecycle steps. */
export const caseApi = clientOf(vehicleCaseContract, transport);

/** What a list may be asked. */
export type CaseFilterInput = InputOf<typeof vehicleCaseContract.list>;

/** The root of every query key of the feature; invalidating it refetches lists, counts and open cases. */
export const caseKey = ['elv', 'vehicle-case'] as const;
/** Lists and counts: what a finished step changes elsewhere. */
export const caseListsKey = [...caseKey, 'lists'] as const;
/** One open case. */
export const caseKeyOf = (id: string) => [...caseKey, 'case', id] as const;

/** A page of a list. */
export const caseListQuery = (filter: CaseFilterInput) =>
  queryOptions({ queryKey: [...caseListsKey, 'list', filter], queryFn: () => caseApi.list(filter) });

/** What waits for the signed-in person, and how many cases rest in each state. */
export const caseSummaryQuery = queryOptions({
  queryKey: [...caseListsKey, 'summary'],
  queryFn: () => caseApi.summary({}),
  refetchInterval: 60_000,
});

/** The enterprises whose cases the signed-in person may see. */
export const enterprisesQuery = queryOptions({
  queryKey: [...caseKey, 'enterprises'],
  staleTime: 10 * 60_000,
  queryFn: () => caseApi.enterprises({}),
});

/** One case as its reader may see it. */
export const caseQuery = (id: string) =>
  queryOptions({ queryKey: [...caseKeyOf(id), 'view'], queryFn: () => caseApi.get({ id }) });
