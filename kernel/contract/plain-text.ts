/** Nothing a page sends lies deeper; what does could exhaust whoever reads it. */
const deepest = 32;

/** Why nothing can be made of a value whatever is asked for, in words: a text in it holds the character 0, which no person types and no text column can keep, or it is nested without end. */
export const unusable = (value: unknown, depth = 0): string | undefined => {
  const nul = '请求内容含有不能保存的字符';
  if (typeof value === 'string') return value.includes('\u0000') ? nul : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > deepest) return '请求内容的层次过深';
  for (const [name, one] of Object.entries(value)) {
    const why = name.includes('\u0000') ? nul : unusable(one, depth + 1);
    if (why !== undefined) return why;
  }
  return undefined;
};
