/** Letters a reader may take for one another. */
const lookAlikes: readonly string[] = [
  '0ODQ',
  '1IL7T',
  '2Z7',
  '5S6',
  '6GB8',
  '8B3',
  '4A',
  'UV',
  'VY',
  'MNH',
  'WM',
  'PR',
  'CG',
  'EF',
  'XKY',
  '9G',
  '39',
];

const alternativesOf = (letter: string): readonly string[] =>
  [...new Set(lookAlikes.filter((group) => group.includes(letter)).flatMap((group) => [...group]))].filter(
    (one) => one !== letter,
  );

/**
 * Mends one letter of a text that fails its check: undefined unless exactly one of all look-alike texts passes, since with two
 * candidates a repair would be a guess.
 */
export const repaired = (text: string, passes: (candidate: string) => boolean): string | undefined => {
  const letters = [...text];
  const candidates = letters.flatMap((letter, at) =>
    alternativesOf(letter)
      .map((one) => letters.with(at, one).join(''))
      .filter(passes),
  );
  return candidates.length === 1 ? candidates[0] : undefined;
};
