import { z } from 'zod';
import type { InputOf } from '#kernel/contract/operation.ts';
import { askedOf, pageInAddress, textInAddress } from '#web-kit/list-search.ts';
import { type practitionerContract, practitionerFilter, practitionerSort } from '../model/practitioner.contract.ts';

const { enterpriseId, post, certificate, conduct, standing } = practitionerFilter.shape;

/** The list's state as it stands in the page's address; what cannot be read is dropped rather than refused. */
export const practitionerSearch = z.object({
  q: textInAddress,
  enterpriseId: enterpriseId.catch(undefined),
  post: post.catch(undefined),
  certificate: certificate.catch(undefined),
  conduct: conduct.catch(undefined),
  standing: standing.catch(undefined),
  sort: practitionerSort.optional().catch(undefined),
  ...pageInAddress,
});
/** See {@link practitionerSearch}. */
export type PractitionerSearch = z.output<typeof practitionerSearch>;

/** What the server is asked for a state of the list. */
export const filterOf = (search: PractitionerSearch): InputOf<(typeof practitionerContract)['list']> => askedOf(search);
