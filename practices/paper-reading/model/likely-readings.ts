import type { Reading } from './text-piece.ts';

/** What the recogniser says of a line: for every step along it how likely each letter is; letter 0 is none. */
export interface LetterChances {
  readonly steps: number;
  readonly kinds: number;
  /** `steps` × `kinds`, each step's adding up to 1. */
  readonly chances: Float32Array;
}

/** A line as its likeliest letter at every step spells it. */
export interface PlainReading {
  readonly text: string;
  /** Mean chance of the letters, 0 to 1. */
  readonly confidence: number;
}

const bestAt = ({ kinds, chances }: LetterChances, step: number): number => {
  let best = 0;
  for (let kind = 1; kind < kinds; kind++) {
    if ((chances[step * kinds + kind] ?? 0) > (chances[step * kinds + best] ?? 0)) best = kind;
  }
  return best;
};

/** Reads the likeliest letter at every step; a letter that goes on is one letter. */
export const plainReading = (line: LetterChances, letters: readonly string[]): PlainReading => {
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let step = 0; step < line.steps; step++) {
    const best = bestAt(line, step);
    if (best !== last && best !== 0) {
      text += letters[best - 1] ?? '';
      sum += line.chances[step * line.kinds + best] ?? 0;
      count += 1;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
};

/** How a text may have been spelt so far: ending in a pause or in its last letter. */
interface Beam {
  paused: number;
  spelt: number;
  readonly last: number;
}

/** So many texts are followed along a line. */
const beams = 40;
/** Letters less likely than this are not followed. */
const faintest = 0.003;

const candidatesAt = ({ kinds, chances }: LetterChances, step: number): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  for (let kind = 0; kind < kinds; kind++) {
    const chance = chances[step * kinds + kind] ?? 0;
    if (chance > faintest) found.push([kind, chance]);
  }
  return found;
};

const chanceOf = ({ paused, spelt }: Beam): number => paused + spelt;

const followed = (
  texts: ReadonlyMap<string, Beam>,
  candidates: readonly (readonly [number, number])[],
  letters: readonly string[],
): ReadonlyMap<string, Beam> => {
  const next = new Map<string, Beam>();
  const beamOf = (text: string, last: number): Beam => {
    const known = next.get(text);
    if (known) return known;
    const beam = { paused: 0, spelt: 0, last };
    next.set(text, beam);
    return beam;
  };
  for (const [text, beam] of texts) {
    for (const [kind, chance] of candidates) {
      if (kind === 0) beamOf(text, beam.last).paused += chanceOf(beam) * chance;
      else if (kind === beam.last) {
        beamOf(text, kind).spelt += beam.spelt * chance;
        // The same letter again, after a pause, is a second letter.
        if (beam.paused > 0) beamOf(text + (letters[kind - 1] ?? ''), kind).spelt += beam.paused * chance;
      } else beamOf(text + (letters[kind - 1] ?? ''), kind).spelt += chanceOf(beam) * chance;
    }
  }
  return new Map([...next].sort(([, one], [, other]) => chanceOf(other) - chanceOf(one)).slice(0, beams));
};

/**
 * The likeliest texts of a line with their chances, likeliest first: all spellings of a text count together (prefix beam search over
 * CTC). The chances add up to less than 1; the rest are texts that were not followed.
 */
export const likelyReadings = (line: LetterChances, letters: readonly string[]): readonly Reading[] => {
  let texts: ReadonlyMap<string, Beam> = new Map([['', { paused: 1, spelt: 0, last: 0 }]]);
  for (let step = 0; step < line.steps; step++) texts = followed(texts, candidatesAt(line, step), letters);
  return [...texts].map(([text, beam]) => ({ text, share: chanceOf(beam) })).sort((a, b) => b.share - a.share);
};

/** Several looks at the same line taken together: each text's mean share, likeliest first; blanks make no difference. */
export const takenTogether = (looks: readonly (readonly Reading[])[], most: number): readonly Reading[] => {
  const texts = new Map<string, { text: string; share: number; best: number }>();
  for (const { text, share } of looks.flat()) {
    const key = text.replace(/\s/g, '');
    const known = texts.get(key) ?? { text, share: 0, best: share };
    if (share > known.best) texts.set(key, { text, share: known.share + share, best: share });
    else texts.set(key, { ...known, share: known.share + share });
  }
  return [...texts.values()]
    .map(({ text, share }) => ({ text, share: share / Math.max(looks.length, 1) }))
    .sort((one, other) => other.share - one.share)
    .slice(0, most);
};
