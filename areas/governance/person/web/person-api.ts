import { queryOptions } from '@tanstack/react-query';
import { clientOf } from '#kernel/contract/client.ts';
import { transport, transportWithin } from '#web-kit/api.ts';
import { defaultPageSize } from '#web-kit/list-search.ts';
import { organisationContract } from '../model/organisation.contract.ts';
import { personContract } from '../model/person.contract.ts';
import { personImportContract } from '../model/person-import.contract.ts';
import { filterOf, type PeopleSearch } from './people-search.ts';

/** Calls of user management. */
export const personApi = clientOf(personContract, transport);

/** Calls of the organisations people belong to. */
export const organisationApi = clientOf(organisationContract, transport);

/** Opening five thousand accounts in one go takes a busy server a minute; nothing is lost by waiting. */
const acceptMilliseconds = 180_000;

/** Calls of the import; files go by `upload.ts` and by hand. */
export const importApi = clientOf(personImportContract, transportWithin(acceptMilliseconds));

const key = ['governance', 'people'] as const;

/** Everything known of people: to be asked anew after a change. */
export const peopleKey = key;

/** One page of the list. */
export const peopleQuery = (search: PeopleSearch) =>
  queryOptions({ queryKey: [...key, 'list', search], queryFn: () => personApi.list(filterOf(search)) });

/** One page of the organisations. */
export const organisationsQuery = ({
  q,
  page = 1,
  size = defaultPageSize,
}: Pick<PeopleSearch, 'q' | 'page' | 'size'>) =>
  queryOptions({
    queryKey: [...key, 'organisations', q, page, size],
    queryFn: () => organisationApi.list({ ...(q === undefined ? {} : { q }), page, size }),
  });

/** What there is to choose from. */
export const choicesQuery = queryOptions({
  queryKey: [...key, 'choices'],
  queryFn: () => personApi.choices({}),
  staleTime: 60_000,
});

/** One person. */
export const personQuery = (personId: string) =>
  queryOptions({ queryKey: [...key, 'one', personId], queryFn: () => personApi.get({ personId }) });

/** Open work of one person, and who may receive it. */
export const workQuery = (personId: string) =>
  queryOptions({ queryKey: [...key, 'work', personId], queryFn: () => personApi.work({ personId }) });

/** One import. */
export const importQuery = (importId: string) =>
  queryOptions({ queryKey: [...key, 'import', importId], queryFn: () => importApi.read({ importId }) });
