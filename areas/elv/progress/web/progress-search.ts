import { z } from 'zod';
import { type DaySpan, periodDays, usualSpan } from '../model/progress-period.ts';

const day = z.iso.date().optional().catch(undefined);

/** The page's state as it stands in its address; what cannot be read is dropped, so that an old bookmark opens the page, not an error. */
export const progressSearch = z
  .object({
    from: day,
    to: day,
    district: z.coerce
      .string()
      .regex(/^\d{6}$/)
      .optional()
      .catch(undefined),
    enterprise: z.string().min(1).max(64).optional().catch(undefined),
  })
  .transform(({ from, to, ...rest }) =>
    // A stretch is told whole or not at all.
    from && to && from <= to && periodDays(from, to) <= 1_100 ? { ...rest, from, to } : rest,
  );

/** See {@link progressSearch}. */
export type ProgressSearch = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly district?: string | undefined;
  readonly enterprise?: string | undefined;
};

/** The days a state of the page speaks of. */
export const spanOf = ({ from, to }: ProgressSearch, today: string): DaySpan =>
  from && to ? { from, to } : usualSpan(today);
