import type { Field } from './field.ts';

const compoundSurnames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '司徒',
  '令狐',
  '夏侯',
];

// Rare characters take two units of a string; they are counted, and cut, as one.
const head = (text: string, count: number): string => [...text].slice(0, count).join('');

const maskName = (name: string): string => {
  const surname = compoundSurnames.find((one) => name.startsWith(one)) ?? head(name, 1);
  return surname + '*'.repeat(Math.max(1, [...name].length - [...surname].length));
};

const maskMiddle = (text: string, before: number, after: number): string =>
  text.length <= before + after
    ? '*'.repeat(text.length)
    : text.slice(0, before) + '*'.repeat(text.length - before - after) + text.slice(-after);

const maskAddress = (address: string): string => {
  const shown = /^.*?[区县].*?(街道|镇|乡|路|街|大道|弄)/.exec(address)?.[0] ?? head(address, 6);
  return `${shown}****`;
};

const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return at < 1 ? '*'.repeat(email.length) : `${head(email, 1)}***${email.slice(at)}`;
};

/** A personal value as it is shown to those who may not see it plain. Source: domain 10.5. */
export const maskValue = (mask: NonNullable<Field['mask']>, value: string): string => {
  switch (mask) {
    case 'identity-number':
      return maskMiddle(value, 3, 4);
    case 'phone':
      return maskMiddle(value, 3, 4);
    case 'name':
      return maskName(value);
    case 'address':
      return maskAddress(value);
    case 'email':
      return maskEmail(value);
  }
};

/** The value of a field as shown under a view; open fields are always plain, a hidden one is not there at all. */
export const shownValue = (field: Field, value: unknown, view: 'plain' | 'masked' | 'hidden'): unknown => {
  if (field.sensitivity === 'open' || view === 'plain') return value;
  if (view === 'hidden') return undefined;
  return typeof value === 'string' ? maskValue(field.mask ?? 'name', value) : value;
};
