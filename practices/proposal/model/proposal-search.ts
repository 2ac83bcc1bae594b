import { z } from 'zod';

/** What of a list of proposals stands in its address. */
export const proposalSearch = z.object({
  all: z
    .union([z.literal(true), z.literal('true')])
    .transform(() => true as const)
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
});

/** The page and size an address with less to say stands for. */
export const pageSearch = (page: number, size: number) => ({
  page: page > 1 ? page : undefined,
  size: size === 50 || size === 100 ? (size as 50 | 100) : undefined,
});
