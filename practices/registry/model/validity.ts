/** How the paper an entry rests on stands today. */
export type Validity = 'none' | 'valid' | 'lapsing' | 'lapsed';

const dayMs = 86_400_000;

/** Whole days from one day to another, both `yyyy-MM-dd`; negative when the other lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** How a last day stands; `warnUntil` is the last day that is warned of today. A paper is in force on its last day. Source: tender R49 (有效期). */
export const validityOf = (validUntil: string | null, today: string, warnUntil: string): Validity => {
  if (validUntil === null) return 'none';
  if (validUntil < today) return 'lapsed';
  return validUntil <= warnUntil ? 'lapsing' : 'valid';
};
