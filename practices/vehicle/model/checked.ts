import { z } from 'zod';
import type { Verdict } from '#practices/identity-codes/model/verdict.ts';

type Check = (raw: string) => Verdict;

const checks = new WeakMap<z.ZodType, Check>();

/** A schema that normalises by a validator and refuses in its words; doubts do not refuse, {@link doubtsOf} tells them. */
export const checkedBy = (check: Check): z.ZodType<string, string> => {
  const schema = z
    .string()
    .max(200, '内容太长')
    .transform((raw, context) => {
      const verdict = check(raw);
      if (verdict.ok) return verdict.value;
      context.addIssue({ code: 'custom', message: verdict.message });
      return z.NEVER;
    });
  checks.set(schema, check);
  return schema;
};

/**
 * What the validator of a schema made by {@link checkedBy}, or of the members of an array of such, doubts about a value it accepts;
 * members are named by their place, from 1. Nothing for other schemas and for values that are refused.
 */
export const doubtsOf = (schema: z.ZodType, value: unknown): readonly string[] => {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const { element } = schema;
    if (!(element instanceof z.ZodType)) return [];
    return value.flatMap((one, index) => doubtsOf(element, one).map((doubt) => `第 ${index + 1} 个：${doubt}`));
  }
  const verdict = typeof value === 'string' ? checks.get(schema)?.(value) : undefined;
  return verdict?.ok ? verdict.warnings : [];
};
