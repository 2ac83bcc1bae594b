/**
 * One text for one value, whatever the order its keys were written in: sorted keys, no blanks, dates as ISO, `undefined` left out.
 * Digests and signatures are taken over this text, so it must never change; a test holds it to fixed examples.
 */
export const canonical = (value: unknown): string => {
  if (value === undefined) return 'null';
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
};
