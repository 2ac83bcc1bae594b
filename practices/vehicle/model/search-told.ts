/** How somebody searched, as the log may keep it. */
export interface SearchTold {
  readonly search: 'identity-number' | 'phone' | 'number' | 'name';
  /** What was typed; left out wherever it may be somebody's number or name. */
  readonly text?: string;
}

/** What the log tells of a search text: of plates, frame and case numbers the text, of people only that they were searched for. Source: domain 10.5. */
export const searchToldOf = (q: string): SearchTold => {
  const text = q.replaceAll(/[\s-]/g, '').toUpperCase();
  if (/^(\+?86)?1\d{10}$/.test(text) || /^0\d{9,11}$/.test(text)) return { search: 'phone' };
  if (/^\d{6,}X?$/.test(text)) return { search: 'identity-number' };
  // A plate begins with one Chinese character; more of them are a name.
  if (/^\p{Script=Han}?(?=[A-Z0-9]*\d)[A-Z0-9]+\p{Script=Han}?$/u.test(text)) return { search: 'number', text: q };
  return { search: 'name' };
};
