import { z } from 'zod';
import { offer, offerCall } from '#kernel/area/offer.ts';
import { tender } from '#kernel/source/source.ts';

/** A person as access control sees them, as it goes from one area to another. */
export const subjectOffered = z.object({
  id: z.string(),
  name: z.string(),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  organisationCode: z.string().nullable(),
  districtCode: z.string().nullable(),
  roles: z.array(z.string()).readonly(),
});

const token = z.string();

/** Who is behind a session, offered by the area that signs people in; see MountParts of mount.ts. */
export const sessionsOffer = offer({
  id: 'sessions',
  title: '登录',
  source: tender(42, 'T5.4'),
  by: 'one',
  calls: {
    /** Null for a session that is none. `unattended` does not keep it alive. */
    subjectOf: offerCall({
      input: z.object({ token, unattended: z.boolean() }),
      output: subjectOffered.nullable(),
    }),
    /** In words for its person; null where that is not known. */
    whyEnded: offerCall({ input: z.object({ token }), output: z.string().nullable() }),
  },
});
