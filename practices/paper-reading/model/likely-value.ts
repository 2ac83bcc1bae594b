import type { Understanding, Understood } from './paper-form.ts';
import type { Reading } from './text-piece.ts';

/** What a value most likely is, over all ways its letters may be read. */
export interface LikelyValue extends Understood {
  /** The chance that it is this value, 0 to 1. */
  readonly share: number;
}

/** A reading so sure is what is printed, even where it breaks a rule: the clerk is told, nothing is mended. */
const plain = 0.9;
/** Beside a reading whose check digit holds, one whose check digit does not counts this little. */
const besideProof = 0.1;

interface Meant extends Understood {
  readonly weight: number;
}

/** The texts a list of parts, each with its readings, may be; likeliest first. */
export const combined = (parts: readonly (readonly Reading[])[], most: number): readonly Reading[] =>
  parts.reduce<readonly Reading[]>(
    (texts, readings) =>
      texts
        .flatMap((before) =>
          readings.map(({ text, share }) => ({ text: before.text + text, share: before.share * share })),
        )
        .sort((one, other) => other.share - one.share)
        .slice(0, most),
    [{ text: '', share: 1 }],
  );

const meaningsOf = (understand: Understanding, readings: readonly Reading[]): readonly Meant[] =>
  readings.flatMap(({ text, share }, order) => {
    // Only the likeliest reading is mended; the others are doubts themselves.
    const understood = understand(text, order === 0 ? share : Math.max(share, plain));
    return understood ? [{ ...understood, weight: share }] : [];
  });

/**
 * The likeliest value over all readings, readings that mean the same counted together; what is no such value counts against it.
 * Undefined when no reading is such a value.
 */
export const likelyValue = (understand: Understanding, readings: readonly Reading[]): LikelyValue | undefined => {
  const [first] = readings;
  if (!first) return undefined;
  const meanings = meaningsOf(understand, first.share >= plain ? [first] : readings);
  const isProven = meanings.some(({ proven }) => proven);
  const weightOf = ({ weight, sureness, proven }: Meant): number =>
    weight * sureness * (isProven && !proven ? besideProof : 1);
  const values = new Map<string, { meant: Meant; weight: number }>();
  for (const meant of meanings) {
    const known = values.get(meant.value);
    const surest = known && known.meant.sureness >= meant.sureness ? known.meant : meant;
    values.set(meant.value, { meant: surest, weight: (known?.weight ?? 0) + weightOf(meant) });
  }
  const [best] = [...values.values()].sort((one, other) => other.weight - one.weight);
  if (!best) return undefined;
  const { value, sureness, proven } = best.meant;
  const total = [...values.values()].reduce((sum, { weight }) => sum + weight, 0);
  const unread = 1 - meanings.reduce((sum, { weight }) => sum + weight, 0);
  const share = best.weight / (total + Math.max(0, unread) * (proven ? besideProof : 1));
  return { value, sureness, share, ...(proven ? { proven } : {}) };
};
