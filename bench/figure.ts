/** One line of the table: what was measured and what it is held against. Without a bar it is for information. */
export interface Figure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What the product must reach. */
  readonly bar?: number;
  /** What it should reach. */
  readonly aim?: number;
  /** Where something is wrong on any machine, however busy: for ratios taken in turns. A short run judges nothing else. */
  readonly never?: number;
}

/** A number as a table shows it: three digits of it. */
export const shown = (value: number | undefined): string =>
  value === undefined ? '' : String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const reaches = ({ value, better }: Figure, wanted: number): boolean =>
  better === 'higher' ? value >= wanted : value <= wanted;

const held = (figure: Figure, wanted: number | undefined): string =>
  wanted === undefined ? '' : `${figure.better === 'higher' ? '≥' : '≤'} ${shown(wanted)}`;

/** Whether a figure misses its bar. */
export const isMissed = (figure: Figure): boolean => figure.bar !== undefined && !reaches(figure, figure.bar);

/** Whether a figure lies where none may lie, even in a short run. */
export const isGross = (figure: Figure): boolean => figure.never !== undefined && !reaches(figure, figure.never);

const verdict = (figure: Figure): string => {
  if (figure.bar === undefined) return '';
  if (isMissed(figure)) return 'missed';
  return figure.aim !== undefined && reaches(figure, figure.aim) ? 'met, aim too' : 'met';
};

const head = ['measure', 'figure', 'unit', 'bar', 'aim', 'verdict'] as const;

/** A short run shows that everything still runs, and judges nothing but what no noise explains. */
const shortVerdict = (figure: Figure): string => {
  if (figure.never === undefined) return 'not judged';
  return isGross(figure) ? `WRONG: ${held(figure, figure.never)} however busy` : `not over ${shown(figure.never)}`;
};

/** The table's cells, head first; a short run is judged by `never` alone. */
export const cellsOf = (figures: readonly Figure[], judged: boolean): readonly (readonly string[])[] => [
  head,
  ...figures.map((figure) => [
    figure.measure,
    shown(figure.value),
    figure.unit,
    held(figure, figure.bar),
    held(figure, figure.aim),
    judged ? verdict(figure) : shortVerdict(figure),
  ]),
];

/** The cells as aligned lines of a Markdown table, head first, which a terminal shows as well; columns of figures stand to the right. */
export const tableOf = (
  cells: readonly (readonly string[])[],
  figures = (column: number): boolean => column === 1,
): string => {
  const [first = [], ...rest] = cells;
  const widths = first.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (figures(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (figures(column) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(first), rule, ...rest.map(line)].join('\n');
};
