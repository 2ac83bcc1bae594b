import { z } from 'zod';
import { personFilter, personStatus } from '../model/person.view.ts';

const id = z.string().min(1).max(64).optional().catch(undefined);

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than refused:
 * an old bookmark opens the list, not an error.
 */
export const peopleSearch = z.object({
  q: z.coerce.string().trim().min(1).max(60).optional().catch(undefined),
  status: personStatus.optional().catch(undefined),
  organisationId: id,
  roleId: id,
  sort: personFilter.shape.sort.removeDefault().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});

/** See {@link peopleSearch}. */
export type PeopleSearch = z.output<typeof peopleSearch>;

/** The state of the list of organisations as it stands in the page's address. */
export const organisationsSearch = peopleSearch.pick({ q: true, page: true, size: true });

/** How many lines a page of the list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** What the server is asked for a state of the list. */
export const filterOf = (search: PeopleSearch): z.input<typeof personFilter> => ({
  ...Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)),
  size: search.size ?? defaultPageSize,
});

/** Whether anything but order and page is asked for. */
export const isFiltered = ({ q, status, organisationId, roleId }: PeopleSearch): boolean =>
  [q, status, organisationId, roleId].some((one) => one !== undefined);
