/** Stands where a character cannot be printed; printers have used the geta mark for it since metal type. */
export const missingMark = '〓';

/** Text that can be drawn, and the code points that could not be, in order of appearance. */
export interface PrintableText {
  readonly text: string;
  readonly missing: readonly number[];
}

/**
 * Makes text drawable: line ends and control characters become blanks, unseen ones (joiners, variation selectors) go,
 * and what the font lacks becomes {@link missingMark} and is named, so that nobody takes a printed name for whole when
 * it is not.
 */
export const printableText = (raw: string, covers: (codePoint: number) => boolean): PrintableText => {
  const missing: number[] = [];
  const tidy = raw
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim();
  const drawn = [...tidy].map((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (covers(codePoint)) return character;
    missing.push(codePoint);
    return missingMark;
  });
  return { text: drawn.join(''), missing };
};

/** A code point as standards write it, `U+2C386`. */
export const codePointName = (codePoint: number): string =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
