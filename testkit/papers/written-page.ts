import type { Point, Sighting } from '#practices/paper-reading/model/text-piece.ts';

/** A text and where its upper left corner is, in millimetres. */
export type Written = readonly [text: string, x: number, y: number];

const height = 3;
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) < 0x2e80 ? 0.55 : 1) * height, 0);

/** Text at places in millimetres on a sheet lying in a photograph, turned by some degrees; ten pixels to the millimetre. */
export const seen = (written: readonly Written[], degrees = 0, confidence = 0.999): Sighting => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const at = (x: number, y: number): Point => {
    const [dx, dy] = [x - 45, y - 30];
    return { x: 1000 + 10 * (dx * cos - dy * sin), y: 1000 + 10 * (dx * sin + dy * cos) };
  };
  const pieces = written.map(([text, x, y]) => {
    const right = x + widthOf(text);
    return {
      text,
      confidence,
      corners: [at(x, y), at(right, y), at(right, y + height), at(x, y + height)] as const,
    };
  });
  return { width: 2000, height: 2000, pieces };
};
