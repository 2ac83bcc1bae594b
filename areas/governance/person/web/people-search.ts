import { z } from 'zod';
import { askedOf, pageInAddress, textInAddress } from '#web-kit/list-search.ts';
import { personFilter, personStatus } from '../model/person.view.ts';

const id = z.string().min(1).max(64).optional().catch(undefined);

/**
 * The list's state as it stands in the page's address. Everything is optional, and what cannot be read is dropped rather than refused:
 * an old bookmark opens the list, not an error.
 */
export const peopleSearch = z.object({
  q: textInAddress,
  status: personStatus.optional().catch(undefined),
  organisationId: id,
  roleId: id,
  sort: personFilter.shape.sort.removeDefault().optional().catch(undefined),
  ...pageInAddress,
});

/** See {@link peopleSearch}. */
export type PeopleSearch = z.output<typeof peopleSearch>;

/** The state of the list of organisations as it stands in the page's address. */
export const organisationsSearch = peopleSearch.pick({ q: true, page: true, size: true });

/** What the server is asked for a state of the list. */
export const filterOf = (search: PeopleSearch): z.input<typeof personFilter> => askedOf(search);
