/** Whether a text anywhere in a value holds the character 0, which no person types and no text column can keep. */
export const holdsNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => name.includes('\u0000') || holdsNul(one));
};
