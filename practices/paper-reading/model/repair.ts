/** Letters a reader does take for one another; a longer list would leave nothing that passes a check digit alone. */
const lookAlikes: readonly string[] = ['0D', '17', '2Z', '38', '5S', '6G', '8B', 'MN', 'UV'];

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
