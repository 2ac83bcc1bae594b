import type { Fault } from './faults.ts';

const mangle = (value: unknown): unknown => {
  if (typeof value === 'string') return { text: value.length };
  if (typeof value === 'number' || typeof value === 'boolean') return String(value).split('');
  if (Array.isArray(value)) return '[]';
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mangle(inner)]));
  }
  return 0;
};

const nothings = [null, '', '—'];

const blank = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.keys(value).map((name, index) => [name, nothings[index % nothings.length]]))
    : null;

/** A body that lies: about its types, its values or its very syntax. With `part` only what stands there lies, as in an envelope. */
export const garble = (
  body: Readonly<Record<string, unknown>>,
  how: Extract<Fault, { kind: 'garbled' }>['how'],
  part?: string,
): string => {
  const lying = (lie: (value: unknown) => unknown): string =>
    JSON.stringify(part === undefined ? lie(body) : { ...body, [part]: lie(body[part]) });
  switch (how) {
    case 'json':
      return JSON.stringify(body).slice(0, -12);
    case 'signature':
      return JSON.stringify(body);
    case 'schema':
      return lying(mangle);
    case 'blanks':
      return lying(blank);
  }
};
