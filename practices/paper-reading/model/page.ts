import type { Sighting, TextPiece } from './text-piece.ts';

/** One letter with its place along the line. */
export interface Letter {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** A run of text laid flat: `y` is the line's middle, lengths are pixels along and across the lines. */
export interface Run {
  readonly letters: readonly Letter[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  readonly confidence: number;
  readonly piece: TextPiece;
}

/** Text seen with less certainty is a smudge. */
const legible = 0.3;
const isLegible = ({ confidence }: { readonly confidence: number }): boolean => confidence >= legible;

const middle = ({ corners }: TextPiece) => ({
  x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
  y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
});

const lengthOf = ({ corners: [a, b] }: TextPiece): number => Math.hypot(b.x - a.x, b.y - a.y);
const heightOf = ({ corners: [a, b, c, d] }: TextPiece): number =>
  (Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y)) / 2;
/** The direction of reading, by the upper and the lower edge. */
const directionOf = ({ corners: [a, b, c, d] }: TextPiece): number =>
  Math.atan2(b.y - a.y + c.y - d.y, b.x - a.x + c.x - d.x);

const median = (numbers: readonly { readonly value: number; readonly weight: number }[]): number => {
  const sorted = [...numbers].sort((one, other) => one.value - other.value);
  let left = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  for (const { value, weight } of sorted) {
    left -= weight;
    if (left <= 0) return value;
  }
  return 0;
};

/** Angles of pieces may stand on both sides of the turn at ±180°; they are measured from the first. */
const nearTo = (angle: number, base: number): number => Math.atan2(Math.sin(angle - base), Math.cos(angle - base));

/** The lean of the lines: `slope + growth * y`, since lines of a paper seen aslant run together. */
interface Lean {
  readonly slope: number;
  readonly growth: number;
}

const leanOf = (samples: readonly { readonly y: number; readonly slope: number; readonly weight: number }[]): Lean => {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { slope: 0, growth: 0 };
  const meanY = samples.reduce((sum, { y, weight }) => sum + y * weight, 0) / total;
  const meanSlope = samples.reduce((sum, { slope, weight }) => sum + slope * weight, 0) / total;
  const spread = samples.reduce((sum, { y, weight }) => sum + weight * (y - meanY) ** 2, 0);
  const together = samples.reduce((sum, { y, slope, weight }) => sum + weight * (y - meanY) * (slope - meanSlope), 0);
  const growth = samples.length < 6 || spread === 0 ? 0 : together / spread;
  return { slope: meanSlope - growth * meanY, growth };
};

const isNarrow = (letter: string): boolean => (letter.codePointAt(0) ?? 0) < 0x2e80;

/** Letters spread over the run by their usual widths: Latin ones take about half of a Chinese one. */
const lettersOf = (text: string, left: number, right: number): readonly Letter[] => {
  const letters = [...text];
  const widths = letters.map((letter) => (isNarrow(letter) ? 0.55 : 1));
  const unit = (right - left) / widths.reduce((sum, width) => sum + width, 0);
  let at = left;
  return letters.map((letter, order) => {
    const from = at;
    at += unit * (widths[order] ?? 1);
    return { text: letter, left: from, right: at };
  });
};

const laidFlat = ({ pieces, width, height }: Sighting): readonly Run[] => {
  const written = pieces.filter(({ text }) => text.trim() !== '');
  const clear = written.filter(isLegible);
  const long = clear.filter((piece) => lengthOf(piece) > 2.5 * heightOf(piece));
  const sure = long.length >= 3 ? long : clear;
  const base = sure[0] ? directionOf(sure[0]) : 0;
  const turn =
    base + median(sure.map((piece) => ({ value: nearTo(directionOf(piece), base), weight: lengthOf(piece) })));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const level = (piece: TextPiece) => {
    const { x, y } = middle(piece);
    const [dx, dy] = [x - width / 2, y - height / 2];
    return { x: dx * cos + dy * sin, y: dy * cos - dx * sin };
  };
  const straying = (piece: TextPiece): number => nearTo(directionOf(piece), turn);
  const steady = sure.filter((piece) => Math.abs(straying(piece)) < 0.12);
  const { slope, growth } = leanOf(
    steady.map((piece) => ({ y: level(piece).y, slope: Math.tan(straying(piece)), weight: lengthOf(piece) })),
  );
  return written.map((piece) => {
    const { x, y } = level(piece);
    const [left, right] = [x - lengthOf(piece) / 2, x + lengthOf(piece) / 2];
    const { confidence, text } = piece;
    return {
      letters: lettersOf(text, left, right),
      left,
      right,
      y: y - (slope + growth * y) * x,
      height: heightOf(piece),
      confidence,
      piece,
    };
  });
};

/**
 * The text of a photograph laid flat: turned so that lines run level from left to right, whichever way the paper lay. Smudges are left out.
 */
export const runsOf = (sighting: Sighting): readonly Run[] => laidFlat(sighting).filter(isLegible);

/** What is too faint to be text by itself, laid flat with the rest: where only a few words can stand it may still tell which. */
export const smudgesOf = (sighting: Sighting): readonly Run[] => laidFlat(sighting).filter((run) => !isLegible(run));
