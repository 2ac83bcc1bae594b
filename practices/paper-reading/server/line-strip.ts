import type { Image } from 'paddleocr';
import type { Point } from '../model/text-piece.ts';

/** The corners of a line of text, in reading order. */
export type Quad = readonly [Point, Point, Point, Point];

/** How a line is looked at. */
export interface Look {
  /** Width against the natural one: narrow print is told apart better when drawn out. */
  readonly stretch: number;
  /** What is taken in before and after the line, in line heights. */
  readonly margin: number;
}

/** A line drawn level, as the recogniser takes it: blue, green and red planes, each -1 to 1. */
export interface Strip {
  readonly width: number;
  readonly height: number;
  readonly planes: Float32Array;
}

/** The height the recogniser was taught on, pixels. */
const stripHeight = 48;

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** A quad's mean width, pixels. */
export const widthOf = ([a, b, c, d]: Quad): number => (distance(a, b) + distance(d, c)) / 2;
/** A quad's mean height, pixels. */
export const heightOf = ([a, b, c, d]: Quad): number => (distance(a, d) + distance(b, c)) / 2;

/** A quad reaching so many pixels further before and behind its text. */
export const lengthened = (quad: Quad, by: number): Quad => {
  const [a, b, c, d] = quad;
  const share = by / (widthOf(quad) || 1);
  const beyond = (from: Point, to: Point): Point => ({
    x: to.x + (to.x - from.x) * share,
    y: to.y + (to.y - from.y) * share,
  });
  return [beyond(b, a), beyond(a, b), beyond(d, c), beyond(c, d)];
};

/**
 * Draws a line level, in the two steps the recogniser was taught with: cut out by cubic, brought to its height by linear interpolation.
 * Sharper drawing reads worse.
 */
export const stripOf = (photograph: Image, quad: Quad, { stretch, margin }: Look): Strip => {
  const [a, b, c, d] = lengthened(quad, margin * heightOf(quad));
  const crop = photograph.cropRotated([a, b, c, d]);
  const width = Math.max(8, Math.ceil(((stripHeight * crop.width) / crop.height) * stretch));
  const planes = crop.resize({ width, height: stripHeight }).tensor({
    mean_values: [127.5, 127.5, 127.5],
    norm_values: [1 / 127.5, 1 / 127.5, 1 / 127.5],
    channel_order: 'bgr',
  });
  return { width, height: stripHeight, planes };
};
