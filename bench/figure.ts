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
}

const shown = (value: number | undefined): string =>
  value === undefined ? '' : String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const reaches = ({ value, better }: Figure, wanted: number): boolean =>
  better === 'higher' ? value >= wanted : value <= wanted;

const held = (figure: Figure, wanted: number | undefined): string =>
  wanted === undefined ? '' : `${figure.better === 'higher' ? '≥' : '≤'} ${shown(wanted)}`;

/** Whether a figure misses its bar. */
export const isMissed = (figure: Figure): boolean => figure.bar !== undefined && !reaches(figure, figure.bar);

const verdict = (figure: Figure): string => {
  if (figure.bar === undefined) return '';
  if (isMissed(figure)) return 'missed';
  return figure.aim !== undefined && reaches(figure, figure.aim) ? 'met, aim too' : 'met';
};

const head = ['measure', 'figure', 'unit', 'bar', 'aim', 'verdict'] as const;

/** The table's cells, head first. In a short run nothing is judged: it only shows that everything still runs. */
export const cellsOf = (figures: readonly Figure[], judged: boolean): readonly (readonly string[])[] => [
  head,
  ...figures.map((figure) => [
    figure.measure,
    shown(figure.value),
    figure.unit,
    held(figure, figure.bar),
    held(figure, figure.aim),
    judged ? verdict(figure) : 'not judged',
  ]),
];

/** The cells as aligned lines of a Markdown table, which a terminal shows as well. */
export const tableOf = (cells: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 1 ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
};
