import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Predicate } from './predicate.ts';

/** The columns under which a kind of row keeps what predicates speak of; what has no column satisfies nothing. */
export type AccessColumns = Readonly<Record<string, string>>;

/**
 * Compiles a predicate to a condition: the same judgement as {@link passes}, made by the database. `not` of a missing value is true
 * here too, because every leaf is either true or false, never null.
 */
// biome-ignore lint/suspicious/noExplicitAny: any table will do; the columns are named by the caller's own map
export const whereRows = <E extends ExpressionBuilder<any, any>>(
  eb: E,
  predicate: Predicate,
  columns: AccessColumns,
): Expression<SqlBool> => {
  if ('all' in predicate) return eb.and(predicate.all.map((one) => whereRows(eb, one, columns)));
  if ('any' in predicate) return eb.or(predicate.any.map((one) => whereRows(eb, one, columns)));
  if ('not' in predicate) return eb.not(whereRows(eb, predicate.not, columns));
  const column = Object.hasOwn(columns, predicate.field) ? columns[predicate.field] : undefined;
  if (column === undefined || predicate.in.length === 0) return sql<SqlBool>`false`;
  const reference = sql.ref(column);
  const [only, ...others] = predicate.in;
  const fits =
    others.length === 0
      ? sql<SqlBool>`${reference} = ${only}`
      : sql<SqlBool>`${reference} in (${sql.join([...predicate.in])})`;
  return sql<SqlBool>`(${reference} is not null and ${fits})`;
};
