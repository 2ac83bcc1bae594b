/** Lines of a text within a width; `torn` when a word or code was longer than a line and had to be broken. */
export interface BrokenText {
  readonly lines: readonly string[];
  readonly torn: boolean;
}

/**
 * What a line is made of: blanks, or a Chinese character or a word of Latin letters and digits, together with the
 * punctuation that may not begin or end a line. Source: GB/T 15834-2011, 5.1 (标点符号的位置).
 */
const unit = /\s+|[（《「『【〈“‘]*(?:[!-~]+|\S)[，。、；：！？）》」』】〉”’]*/gu;

/** Breaks a text into lines no wider than `widthPt`, at least one; a character wider than the line stands alone. */
export const breakLines = (text: string, widthPt: number, widthOf: (text: string) => number): BrokenText => {
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  let torn = false;
  const begin = (text: string, width: number): void => {
    if (line.trim() !== '') lines.push(line.trim());
    line = text;
    lineWidth = width;
  };
  const put = (piece: string, width: number): void => {
    if (lineWidth + width > widthPt && line !== '') begin('', 0);
    if (line === '' && piece.trim() === '') return;
    line += piece;
    lineWidth += width;
  };
  for (const [piece] of text.matchAll(unit)) {
    const width = widthOf(piece);
    if (width <= widthPt || piece.trim() === '') put(piece, width);
    else {
      torn = true;
      begin('', 0);
      for (const character of piece) put(character, widthOf(character));
    }
  }
  begin('', 0);
  return { lines: lines.length === 0 ? [''] : lines, torn };
};
