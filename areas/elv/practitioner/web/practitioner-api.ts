import { queryOptions } from '@tanstack/react-query';
import { linkOptions } from '@tanstack/react-router';
import { clientOf } from '#kernel/contract/client.ts';
import { transport, transportWithin } from '#web-kit/api.ts';
import { conductContract, conductStepContract } from '../model/conduct.contract.ts';
import { practitionerContract } from '../model/practitioner.contract.ts';
import { practitionerImportContract } from '../model/practitioner-import.contract.ts';
import { filterOf, type PractitionerSearch } from './practitioner-search.ts';

/** Calls of people at work. */
export const practitionerApi = clientOf(practitionerContract, transport);
/** Putting conduct down. */
export const conductApi = clientOf(conductContract, transport);
/** Steps upon conduct records. */
export const conductSteps = clientOf(conductStepContract, transport);
/** Ten thousand people in one go take a busy server a while; nothing is lost by waiting. */
export const practitionerImports = clientOf(practitionerImportContract, transportWithin(180_000));

/** Everything known of people at work: to be asked anew after a change. */
export const practitionersKey = ['elv', 'practitioner'] as const;

/** A page of the list. */
export const practitionerListQuery = (search: PractitionerSearch) =>
  queryOptions({
    queryKey: [...practitionersKey, 'list', filterOf(search)],
    queryFn: () => practitionerApi.list(filterOf(search)),
  });

/** What waits for the signed-in person. */
export const practitionerSummaryQuery = queryOptions({
  queryKey: [...practitionersKey, 'summary'],
  queryFn: () => practitionerApi.summary({}),
  refetchInterval: 60_000,
});

/** The enterprises there is somebody of. */
export const enterprisesQuery = queryOptions({
  queryKey: [...practitionersKey, 'enterprises'],
  queryFn: () => practitionerApi.enterprises({}),
  staleTime: 60_000,
});

/** One person as their reader may see them. */
export const practitionerQuery = (id: string) =>
  queryOptions({ queryKey: [...practitionersKey, 'one', id], queryFn: () => practitionerApi.get({ id }) });

/** One import of the signed-in person. */
export const practitionerImportQuery = (importId: string) =>
  queryOptions({
    queryKey: [...practitionersKey, 'import', importId],
    queryFn: () => practitionerImports.read({ importId }),
  });

/** The page of a person at work. */
export const placeOf = (practitionerId: string) =>
  linkOptions({ to: '/elv/practitioners/$practitionerId', params: { practitionerId } });
