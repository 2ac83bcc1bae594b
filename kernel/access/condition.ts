import type { Predicate } from './predicate.ts';

/** A field of a kind of row that a role's condition may ask about, with every value it may have. */
export interface ConditionField {
  /** As predicates name it; every store of that kind of row has a column for it. */
  readonly field: string;
  readonly title: string;
  /** Titles by value, in the order they are offered. */
  readonly values: Readonly<Record<string, string>>;
}

/** One line of a condition as people write it: the field is, or is not, one of some values. */
export interface ConditionLine {
  readonly field: string;
  readonly is: boolean;
  readonly values: readonly string[];
}

/** A condition of one level: every line must fit, or any. */
export interface Condition {
  readonly join: 'all' | 'any';
  readonly lines: readonly ConditionLine[];
}

const lineOf = (predicate: Predicate): ConditionLine | null => {
  if ('field' in predicate) return { field: predicate.field, is: true, values: predicate.in };
  if (!('not' in predicate) || !('field' in predicate.not)) return null;
  return { field: predicate.not.field, is: false, values: predicate.not.in };
};

/** A predicate as lines; null where it is more than one level of lines can say. */
export const conditionOf = (predicate: Predicate): Condition | null => {
  const single = lineOf(predicate);
  if (single) return { join: 'all', lines: [single] };
  if ('not' in predicate || 'field' in predicate) return null;
  const join = 'all' in predicate ? 'all' : 'any';
  const lines = ('all' in predicate ? predicate.all : predicate.any).map(lineOf);
  return lines.every((line) => line !== null) ? { join, lines } : null;
};

const predicateOfLine = ({ field, is, values }: ConditionLine): Predicate =>
  is ? { field, in: values } : { not: { field, in: values } };

/** The predicate that lines say; a single line stands by itself. */
export const predicateOf = ({ join, lines }: Condition): Predicate => {
  const all = lines.map(predicateOfLine);
  const [only] = all;
  if (only && all.length === 1) return only;
  return join === 'all' ? { all } : { any: all };
};

const listed = (texts: readonly string[]): string => texts.join('、');

/** A predicate in words: what `fields` name by their titles, whatever else by its own name. Source: tender R44. */
export const conditionInWords = (predicate: Predicate, fields: readonly ConditionField[]): string => {
  const joined = (parts: readonly Predicate[], word: string, none: string): string => {
    if (parts.length === 0) return none;
    return parts
      .map((one) => {
        const text = conditionInWords(one, fields);
        const bare = parts.length === 1 || 'field' in one || ('not' in one && 'field' in one.not);
        return bare ? text : `（${text}）`;
      })
      .join(word);
  };
  if ('all' in predicate) return joined(predicate.all, '，且', '全部');
  if ('any' in predicate) return joined(predicate.any, '，或', '无');
  const line = lineOf(predicate);
  if (line === null) return 'not' in predicate ? `不符合（${conditionInWords(predicate.not, fields)}）` : '';
  const field = fields.find((one) => one.field === line.field);
  const values = line.values.map((value) => field?.values[value] ?? value);
  return `${field?.title ?? line.field}${line.is ? '为' : '不为'}${values.length === 0 ? '（未选）' : listed(values)}`;
};

/** What is wrong with a predicate over the fields a kind of row declares, in words; empty when it may be kept. */
export const conditionFaults = (predicate: Predicate, fields: readonly ConditionField[]): readonly string[] => {
  if ('all' in predicate || 'any' in predicate) {
    const parts = 'all' in predicate ? predicate.all : predicate.any;
    return parts.length === 0 ? ['请至少写一个条件'] : parts.flatMap((one) => conditionFaults(one, fields));
  }
  if ('not' in predicate) return conditionFaults(predicate.not, fields);
  const field = fields.find((one) => one.field === predicate.field);
  if (!field)
    return [`不能按“${predicate.field}”设条件，可用的有：${listed(fields.map(({ title }) => title)) || '无'}`];
  if (predicate.in.length === 0) return [`请为条件“${field.title}”至少选一个值`];
  return predicate.in
    .filter((value) => !Object.hasOwn(field.values, value))
    .map((value) => `条件“${field.title}”没有“${value}”这个值`);
};
