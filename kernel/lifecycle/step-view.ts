import { z } from 'zod';

/** One signed step as a timeline shows it; times are ISO instants. `verified` is null where a step carries no personal signature. */
export const stepView = z.object({
  seq: z.int(),
  action: z.string(),
  title: z.string(),
  at: z.string(),
  actorName: z.string(),
  organisationName: z.string().nullable(),
  fromTitle: z.string(),
  toTitle: z.string(),
  reason: z.string().nullable(),
  round: z.int(),
  digest: z.string(),
  previousDigest: z.string(),
  publicKey: z.string().nullable(),
  signature: z.string().nullable(),
  verified: z.boolean().nullable(),
  changes: z.array(z.object({ title: z.string(), before: z.string(), after: z.string() })),
});
/** See {@link stepView}. */
export type StepView = z.output<typeof stepView>;
