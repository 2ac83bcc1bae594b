import { z } from 'zod';
import type { Verdict } from '#practices/identity-codes/model/verdict.ts';

/** A schema that normalises by a validator and refuses in its words; doubts do not refuse. */
export const checkedBy = (check: (raw: string) => Verdict): z.ZodType<string, string> =>
  z
    .string()
    .max(200, '内容太长')
    .transform((raw, context) => {
      const verdict = check(raw);
      if (verdict.ok) return verdict.value;
      context.addIssue({ code: 'custom', message: verdict.message });
      return z.NEVER;
    });
