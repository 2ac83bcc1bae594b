import { queryOptions } from '@tanstack/react-query';
import { linkOptions } from '@tanstack/react-router';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { transport } from '#web-kit/api.ts';
import { citizenApplicationContract, citizenApplicationSteps } from '../model/citizen-application.contract.ts';
import { type CitizenApplicationSearch, filterOf } from './citizen-application-search.ts';

const api = clientOf(citizenApplicationContract, transport);
/** Taking an application, and not taking it. */
export const offeredSteps = clientOf(citizenApplicationSteps, transport);

/** Everything shown of citizens' applications: what a step changes. */
export const offeredKey = ['elv', 'citizen-application'] as const;

/** A page of the list. */
export const offeredListQuery = (search: CitizenApplicationSearch) =>
  queryOptions({
    queryKey: [...offeredKey, 'list', filterOf(search)],
    queryFn: () => api.list(filterOf(search)),
  });

/** How many wait for one's enterprise. */
export const offeredSummaryQuery = queryOptions({
  queryKey: [...offeredKey, 'summary'],
  queryFn: () => api.summary({}),
  refetchInterval: 60_000,
});

/** The enterprises one may choose among in the list. */
export const applicationEnterprisesQuery = queryOptions({
  queryKey: [...offeredKey, 'enterprises'],
  queryFn: () => api.enterprises({}),
});

/** One application as its reader may see it. */
export const offeredQuery = (id: string) =>
  queryOptions({ queryKey: [...offeredKey, 'one', id], queryFn: () => api.get({ id }), refetchInterval: 20_000 });

/** The address of a photograph's content. */
export const offeredPhoto = (id: string, photoId: string): string =>
  addressOf(citizenApplicationContract.photoContent, { id, photoId }).url;

/** The page of an application. */
export const offeredPlace = (applicationId: string) =>
  linkOptions({ to: '/elv/citizen-applications/$applicationId', params: { applicationId } });
/** The page of a vehicle case. */
export const casePlaceOf = (caseId: string) => linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId } });
