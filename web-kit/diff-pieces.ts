/** A run of characters that is the same or that differs. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** Cuts a text at the differing ranges (half-open, in UTF-16 units, in order); ranges outside the text are cut to it. */
export const piecesOf = (text: string, ranges: readonly (readonly [number, number])[]): readonly Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    const start = Math.max(at, Math.min(from, text.length));
    const end = Math.max(start, Math.min(to, text.length));
    if (start > at) pieces.push({ text: text.slice(at, start), differs: false });
    if (end > start) pieces.push({ text: text.slice(start, end), differs: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), differs: false });
  return pieces;
};
