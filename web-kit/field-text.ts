import type { Field } from '#kernel/fields/field.ts';
import { formatMoment, formatNumber, nothing } from './format.ts';

const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : JSON.stringify(value);

/** A value as a person reads it: codes by their titles, times in Shanghai, numbers with their unit; a dash for nothing. */
export const fieldText = (field: Field, value: unknown): string => {
  if (value === undefined || value === null || value === '') return nothing;
  if (Array.isArray(value)) return value.length === 0 ? nothing : value.map(plain).join('、');
  if (field.kind === 'switch') return value === true ? '是' : '否';
  if (field.kind === 'choice') return field.choices?.[plain(value)] ?? plain(value);
  if (field.kind === 'time') return formatMoment(plain(value));
  const text = field.kind === 'number' && typeof value === 'number' ? formatNumber(value) : plain(value);
  return field.unit ? `${text} ${field.unit}` : text;
};

/** The same letters whatever blanks, width and case they were written with: whether a reading says what a person typed. */
export const sameReading = (a: unknown, b: unknown): boolean => {
  const bare = (value: unknown): string =>
    value === undefined || value === null ? '' : plain(value).normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  return bare(a) === bare(b);
};
