/** What a page's address says after the question mark: a name once is a string, several times a list. */
export type RawSearch = Record<string, string | readonly string[]>;

/** Reads `?state=intake&state=confirming&page=2`; nothing is interpreted, the page's own schema does that. */
export const parseSearch = (text: string): RawSearch => {
  const result: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = result[name];
    result[name] = before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value];
  }
  return result;
};

/** Writes an address that people can read and share; empty values are left out. */
export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};
