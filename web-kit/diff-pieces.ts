/** A run of characters that is the same or that differs. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** Cuts a text at the differing ranges (half-open, counted in whole characters, in order); ranges outside the text are cut to it. */
export const piecesOf = (text: string, ranges: readonly (readonly [number, number])[]): readonly Piece[] => {
  // Whole characters: a rare one takes two UTF-16 units and must not be cut.
  const letters = [...text];
  const cut = (from: number, to: number): string => letters.slice(from, to).join('');
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    const start = Math.max(at, Math.min(from, letters.length));
    const end = Math.max(start, Math.min(to, letters.length));
    if (start > at) pieces.push({ text: cut(at, start), differs: false });
    if (end > start) pieces.push({ text: cut(start, end), differs: true });
    at = end;
  }
  if (at < letters.length) pieces.push({ text: cut(at, letters.length), differs: false });
  return pieces;
};
