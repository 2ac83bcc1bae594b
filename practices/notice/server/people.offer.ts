import { z } from 'zod';
import { offer, offerCall } from '#kernel/area/offer.ts';
import { subjectOffered } from '#kernel/contract/sessions.offer.ts';
import { tender } from '#kernel/source/source.ts';

const asked = { at: z.iso.datetime(), most: z.int() };
const subjects = z.array(subjectOffered).readonly();

/** People as notices and exports ask for them, offered by the area that keeps accounts: only whose account serves at that moment. */
export const peopleOffer = offer({
  id: 'people',
  title: '人员',
  source: tender(42, 44),
  by: 'one',
  calls: {
    /** The people of an organisation, at most so many, the longest there first. */
    ofOrganisation: offerCall({
      input: z.object({ organisationId: z.string(), ...asked }),
      output: subjects,
    }),
    ofIds: offerCall({
      input: z.object({ ids: z.array(z.string()).readonly(), ...asked }),
      output: subjects,
    }),
  },
});
