/**
 * Every colour of the screens, once. antd gets them as tokens, our own style sheets as custom properties (see {@link applyPalette}).
 *
 * Source: shared design specification; contrast of each pair in `textOn` is kept at 4.5:1 or better by a test.
 */
export const palette = {
  primary: '#1d4f91',
  primaryDeep: '#143a6d',
  primaryTint: '#e8eff8',
  ground: '#f5f7fa',
  surface: '#ffffff',
  surfaceSunk: '#eef1f5',
  line: '#dbe1e9',
  lineStrong: '#b6c0cd',
  text: '#1f2733',
  textSecond: '#515c6b',
  /** Only for large or decorative signs, never for words that must be read. */
  faint: '#8a94a3',
  /** Waiting on us. */
  ours: '#1d4f91',
  oursTint: '#e8eff8',
  /** The further part of a bar whose nearer part is `ours`. */
  oursSoft: '#b9cce5',
  /** Waiting for an outside system. */
  outside: '#6b4fa0',
  outsideTint: '#f0ebf8',
  returned: '#a34f00',
  returnedTint: '#fdf1e3',
  /** Refused, overdue, dangerous. */
  danger: '#b42318',
  dangerTint: '#fdecea',
  done: '#17723f',
  doneTint: '#e6f4ec',
  idle: '#5b6573',
  idleTint: '#eceff3',
  /** Solid watch tags. */
  markDarkRed: '#8f1d14',
  markAmber: '#f5b301',
  markGreen: '#16734a',
  markSlate: '#46536a',
  markBrown: '#7a4a12',
} as const;

/** A name of {@link palette}. */
export type Colour = keyof typeof palette;

/** Which words stand on which ground; a test keeps each pair readable. */
export const textOn: readonly (readonly [text: Colour, ground: Colour])[] = [
  ['text', 'ground'],
  ['text', 'surface'],
  ['textSecond', 'ground'],
  ['textSecond', 'surface'],
  ['textSecond', 'surfaceSunk'],
  ['primary', 'ground'],
  ['primary', 'primaryTint'],
  ['surface', 'primary'],
  ['surface', 'primaryDeep'],
  ['ours', 'oursTint'],
  ['outside', 'outsideTint'],
  ['returned', 'returnedTint'],
  ['danger', 'dangerTint'],
  ['danger', 'ground'],
  ['done', 'doneTint'],
  ['idle', 'idleTint'],
  ['surface', 'markDarkRed'],
  ['text', 'markAmber'],
  ['surface', 'markGreen'],
  ['surface', 'markSlate'],
  ['surface', 'markBrown'],
  ['surface', 'danger'],
];

const channel = (value: number): number => {
  const part = value / 255;
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

const luminance = (hex: string): number => {
  const at = (from: number): number => channel(Number.parseInt(hex.slice(from, from + 2), 16));
  return 0.2126 * at(1) + 0.7152 * at(3) + 0.0722 * at(5);
};

/** Contrast ratio of two `#rrggbb` colours, 1 to 21. Source: WCAG 2.1, 1.4.3. */
export const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const property = (name: string): string => `--c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Makes the palette known to style sheets as `--c-…` (`markDarkRed` is `--c-mark-dark-red`). */
export const applyPalette = (element: HTMLElement): void => {
  for (const [name, value] of Object.entries(palette)) element.style.setProperty(property(name), value);
};
