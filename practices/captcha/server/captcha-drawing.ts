import drawing from 'svg-captcha';

// The package's own types name only its helpers; the module itself is the function that draws a given text.
const outline = drawing as unknown as (text: string, options: object) => string;

/** A lot between 0 and 1. */
type Chance = () => number;
type Point = readonly [x: number, y: number];

/** The size of the picture in pixels. */
const size = { width: 132, height: 44 } as const;

const between = (from: Point, to: Point, at: number): Point => [
  from[0] + (to[0] - from[0]) * at,
  from[1] + (to[1] - from[1]) * at,
];
const written = (points: readonly Point[]): string =>
  points.map((point) => point.map((one) => one.toFixed(2)).join(' ')).join(' ');

/** A segment cut at a place drawn by lot, once or twice: the same shape by other commands. */
const cut = (from: Point, segment: readonly Point[], chance: Chance, times: number): string => {
  const [first, second] = segment;
  if (!first || times === 0) return `${segment.length === 1 ? 'L' : 'Q'}${written(segment)}`;
  const at = 0.2 + chance() * 0.6;
  const middle = between(from, first, at);
  if (!second) return `L${written([middle])}${cut(middle, [first], chance, times - 1)}`;
  const other = between(first, second, at);
  const meeting = between(middle, other, at);
  return `Q${written([middle, meeting])}${cut(meeting, [other, second], chance, times - 1)}`;
};

const pairs = (text: string): readonly Point[] => {
  const numbers = (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [[x, numbers[index + 1] ?? 0] as const] : []));
};

/** A letter's outline by commands that differ every time: counting them must not tell the letter. */
const blurred = (outlineText: string, chance: Chance): readonly string[] => {
  const parts: string[] = [];
  let at: Point = [0, 0];
  for (const [, command = '', rest = ''] of outlineText.matchAll(/([MLQZ])([^MLQZ]*)/g)) {
    const points = pairs(rest);
    const times = Math.floor(chance() * 3);
    if (command === 'M') parts.push(`M${written(points)}`);
    else parts[parts.length - 1] += command === 'Z' ? 'Z' : cut(at, points, chance, times);
    at = points.at(-1) ?? at;
  }
  return parts;
};

/** A thin strip across the picture, of the letters' own colour and in their own path, so that it cannot be lifted off. */
const strip = (chance: Chance): string => {
  const heights = [0, 1, 2, 3].map(() => 6 + chance() * (size.height - 12));
  const above = heights.map((y, index): Point => [4 + (index * (size.width - 8)) / 3, y]);
  const below = above.map(([x, y]): Point => [x, y + 1.3]).reverse();
  return `M${written(above.slice(0, 1))}L${written(above.slice(1))}L${written(below)}Z`;
};

/** A picture of letters as SVG: one path, its pieces shuffled, told apart only by looking. */
export const drawCaptcha = (text: string, chance: Chance): string => {
  const svg = outline(text, { ...size, fontSize: 52, noise: 0, color: false });
  const letters = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d = '']) => blurred(d, chance));
  // A letter's pieces stay together in order, since a hole is cut out of what comes before it.
  const pieces = [...letters.map((parts) => parts.join('')), strip(chance), strip(chance)];
  const shuffled = pieces
    .map((piece) => ({ piece, lot: chance() }))
    .toSorted((left, right) => left.lot - right.lot)
    .map(({ piece }) => piece);
  const { width, height } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><path fill="#333" d="${shuffled.join('')}"/></svg>`;
};
