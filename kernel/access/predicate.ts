/**
 * A condition on the columns a kind of row shows to access control. Judged here for one row and compiled to SQL for many
 * (`where-rows.store.ts`), and both agree: a missing value satisfies nothing but a negation. Source: tender R44.
 */
export type Predicate =
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate }
  | { readonly field: string; readonly in: readonly string[] };

/** What access control sees of one row: `id`, and as far as the kind of row has them `organisation`, `district`, `owner`, `assignee` and fields of its own. */
export type AccessRow = Readonly<Record<string, string | null>>;

/** Every row. */
export const everyRow: Predicate = Object.freeze({ all: Object.freeze([]) });

/** No row. */
export const noRow: Predicate = Object.freeze({ any: Object.freeze([]) });

/** Whether a predicate lets every row pass, as far as its shape tells. */
export const isEveryRow = (predicate: Predicate): boolean =>
  'all' in predicate ? predicate.all.every(isEveryRow) : 'any' in predicate ? predicate.any.some(isEveryRow) : false;

/** Whether a predicate lets no row pass, as far as its shape tells. */
export const isNoRow = (predicate: Predicate): boolean => {
  if ('all' in predicate) return predicate.all.some(isNoRow);
  if ('any' in predicate) return predicate.any.every(isNoRow);
  return 'not' in predicate ? isEveryRow(predicate.not) : predicate.in.length === 0;
};

/** Whether a row passes. */
export const passes = (predicate: Predicate, row: AccessRow): boolean => {
  if ('all' in predicate) return predicate.all.every((one) => passes(one, row));
  if ('any' in predicate) return predicate.any.some((one) => passes(one, row));
  if ('not' in predicate) return !passes(predicate.not, row);
  const value = Object.hasOwn(row, predicate.field) ? row[predicate.field] : null;
  return value !== null && value !== undefined && predicate.in.includes(value);
};
