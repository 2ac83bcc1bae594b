import { z } from 'zod';
import type { Source } from '#kernel/source/source.ts';

/** How a datum is entered and drawn. `list` fields have an editor of their own. */
export type FieldKind = 'text' | 'long-text' | 'number' | 'date' | 'time' | 'choice' | 'switch' | 'code' | 'list';

/** A condition on sibling fields of the same section: every named field has one of the values. */
export type ShownIf = Readonly<Record<string, readonly (string | boolean)[]>>;

/** One datum, described once: form, table column, mask, ciphertext, comparison and data dictionary follow from it. */
export interface Field<T extends z.ZodType = z.ZodType> {
  readonly title: string;
  readonly source: Source;
  /** Accepts what is stored: strings, numbers, booleans, lists; dates are `yyyy-MM-dd`, times ISO. */
  readonly schema: T;
  readonly kind: FieldKind;
  /** `personal` and `secret` are sealed at rest and masked unless a grant shows them. */
  readonly sensitivity: 'open' | 'personal' | 'secret';
  readonly mask?: 'identity-number' | 'phone' | 'name' | 'address' | 'email';
  /** Not needed to submit. */
  readonly optional?: true;
  readonly unit?: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** Filled from photographed papers; the person confirms. */
  readonly readFrom?: readonly { readonly paper: string; readonly key: string }[];
  /** Compared with an outside answer under this key; a difference is lit for the reviewer. */
  readonly comparedWith?: string;
  readonly shownIf?: ShownIf;
}

/** A named group of fields: one part of a form, saved together. */
export type Fields = Readonly<Record<string, Field>>;

/** Declares the fields of a section; frozen. */
export const fieldsOf = <const F extends Fields>(fields: F): F => Object.freeze(fields);

/** The values of a section while it is being filled: any field may still be missing, or be wrong. */
export type AnyDraft = Readonly<Record<string, unknown>>;

/** Whether the field is asked for, given its siblings. */
export const isShown = (field: Field, draft: AnyDraft): boolean =>
  Object.entries(field.shownIf ?? {}).every(([name, values]) => {
    const value = draft[name];
    return values.some((one) => one === value);
  });

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** One fault of a draft, with the field's name. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** A wrong value in words; of a list it is told which line is wrong. */
const wordsOf = ({ title }: Field, { path: [line], message }: z.core.$ZodIssue): string =>
  `${title}${typeof line === 'number' ? `第 ${line + 1} 项` : ''}：${message}`;

/** What must still be filled or mended before the section is whole; every fault at once, in field order. */
export const faultsOf = (fields: Fields, draft: AnyDraft): readonly FieldFault[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    if (!isShown(field, draft)) return [];
    const value = draft[name];
    if (isEmpty(value)) return field.optional ? [] : [{ field: name, message: `请填写${field.title}` }];
    const parsed = field.schema.safeParse(value);
    if (parsed.success) return [];
    return parsed.error.issues.slice(0, 1).map((issue) => ({ field: name, message: wordsOf(field, issue) }));
  });

const longestText = 2000;
const mostLines = 100;

const isPlain = (value: unknown): boolean =>
  (typeof value === 'string' && value.length <= longestText) || typeof value === 'number' || value === null;

const isLine = (line: unknown): boolean =>
  isPlain(line) || (typeof line === 'object' && line !== null && Object.values(line).every(isPlain));

/** A list of the right shape whose lines are not whole yet: something is wrong inside a line, not with its kind. */
const isHalfFilled = (value: unknown, { issues }: z.ZodError): boolean =>
  Array.isArray(value) &&
  value.length <= mostLines &&
  value.every(isLine) &&
  issues.every(({ path, code }) => path.length > 1 || (path.length === 1 && code !== 'invalid_type'));

const isDraftOf = ({ kind }: Field, value: unknown, error: z.ZodError): boolean =>
  kind === 'list' ? isHalfFilled(value, error) : typeof value === 'string' && value.length <= longestText;

/**
 * Reads changed values that came from outside: unknown fields and values of a wrong basic type are refused, half-typed
 * text and half-filled lines are kept (a draft may be wrong; submitting may not). `null` clears a field.
 */
export const readChanges = (
  fields: Fields,
  changes: AnyDraft,
): { readonly values: AnyDraft; readonly faults: readonly FieldFault[] } => {
  const values: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const [name, value] of Object.entries(changes)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      faults.push({ field: name, message: '没有这个字段' });
      continue;
    }
    if (value === null || value === '') {
      values[name] = undefined;
      continue;
    }
    const parsed = field.schema.safeParse(value);
    if (parsed.success) values[name] = parsed.data;
    else if (isDraftOf(field, value, parsed.error)) values[name] = value;
    else faults.push({ field: name, message: parsed.error.issues.map((issue) => wordsOf(field, issue))[0] ?? '' });
  }
  return { values, faults };
};

/** A code of a list; `what` says in a fault what is to be chosen. */
export const choice = (choices: Readonly<Record<string, string>>, what = ''): z.ZodType<string> => {
  const message = what === '' ? '请从列表中选择' : `请选择${what}`;
  return z.string(message).refine((value) => Object.hasOwn(choices, value), message);
};

/** A day `yyyy-MM-dd`. */
export const day = (): z.ZodType<string> => z.iso.date('日期应为 年-月-日，例如 2026-11-23');
