import { z } from 'zod';
import type { AccessRow } from '#kernel/access/predicate.ts';
import { tender } from '#kernel/source/source.ts';
import { type Offering, offer, offerCall, offering } from './offer.ts';

/** A kind of thing permissions are about: how one is found by what people know it by. */
export interface AccessTarget {
  /** What access control sees of it, and its name; undefined when there is none. */
  find(known: string): Promise<{ readonly row: AccessRow; readonly title: string } | undefined>;
}

/** An area's things that permissions are about: found by the stem of the permission (`elv.vehicle-case`) and what people know the thing by; null where there is none. */
export const targetOffer = offer({
  id: 'access-targets',
  title: '授权对象',
  source: tender(44),
  by: 'each',
  calls: {
    find: offerCall({
      input: z.object({ stem: z.string(), known: z.string() }),
      output: z.object({ row: z.record(z.string(), z.string().nullable()), title: z.string() }).nullable(),
    }),
  },
});

/** Offers an area's targets, by the stems of their permissions. */
export const targetsOffered = (targets: Readonly<Record<string, AccessTarget>>): Offering =>
  offering(targetOffer, {
    find: async ({ stem, known }) => {
      const found = await targets[stem]?.find(known);
      return found ? { row: { ...found.row }, title: found.title } : null;
    },
  });
