import { type BrokenText, breakLines } from './line-breaking.ts';

/** A form is ruled into so many columns of equal width. */
export const formColumns = 12;

/** A labelled value, so many of the {@link formColumns} wide, label included. A `\n` in the label breaks its line. */
export interface FormCell {
  readonly label: string;
  readonly value: string;
  readonly columns: number;
  readonly strong?: true;
}

/** Cells from left to right; their columns add up to {@link formColumns}. */
export type FormRow = readonly FormCell[];

/** A rectangle of a page in points, from the page's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The width of a text in points. */
export type TextWidth = (text: string, sizePt: number, strong: boolean) => number;

/** How a form is set. Values have the first size; where the form gets too high its fullest rows step down the list. */
export interface FormStyle {
  readonly labelWidthPt: number;
  readonly labelSizePt: number;
  readonly valueSizesPt: readonly number[];
  readonly paddingPt: number;
}

/** Lines of one size within a box, centred from top to bottom. */
export interface TextBlock {
  readonly box: Box;
  readonly lines: readonly string[];
  readonly sizePt: number;
  readonly strong: boolean;
  readonly align: 'left' | 'center';
}

/** A cell with its place on the page. */
export interface PlacedCell {
  readonly box: Box;
  readonly label: TextBlock;
  readonly value: TextBlock;
}

/** Lines stand so many times the size of their letters apart. */
export const lineSpacing = 1.3;

/** A code is set this much smaller at most before it is broken into two lines. */
const smallestShare = 0.7;

/** A value set as large as it may be: codes shrink first and break last. */
const setValue = (
  cell: FormCell,
  widthPt: number,
  sizePt: number,
  widthOf: TextWidth,
): BrokenText & { readonly sizePt: number } => {
  const strong = cell.strong ?? false;
  const at = (size: number) => ({
    ...breakLines(cell.value, widthPt, (text) => widthOf(text, size, strong)),
    sizePt: size,
  });
  const asked = at(sizePt);
  for (let size = sizePt; asked.torn && size >= sizePt * smallestShare; size -= 0.25) {
    const smaller = at(size);
    if (!smaller.torn) return smaller;
  }
  return asked;
};

interface SetCell {
  readonly cell: FormCell;
  readonly set: BrokenText & { readonly sizePt: number };
  readonly label: readonly string[];
}

/** A row with its text set at one of the style's sizes; `valuesPt` is the height its values alone ask for. */
interface SetRow {
  readonly row: FormRow;
  readonly step: number;
  readonly cells: readonly SetCell[];
  readonly valuesPt: number;
  readonly heightPt: number;
}

const setRow = (row: FormRow, step: number, columnPt: number, style: FormStyle, widthOf: TextWidth): SetRow => {
  const { labelWidthPt, labelSizePt, paddingPt } = style;
  const cells = row.map((cell): SetCell => {
    const widthPt = cell.columns * columnPt - labelWidthPt - 2 * paddingPt;
    const set = setValue(cell, widthPt, style.valueSizesPt[step] ?? labelSizePt, widthOf);
    return { cell, set, label: cell.label.split('\n') };
  });
  const valuesPt = Math.max(...cells.map(({ set }) => set.lines.length * set.sizePt * lineSpacing));
  const labelsPt = Math.max(...cells.map(({ label }) => label.length * labelSizePt * lineSpacing));
  return { row, step, cells, valuesPt, heightPt: Math.max(valuesPt, labelsPt) + paddingPt };
};

const totalPt = (rows: readonly SetRow[]): number => rows.reduce((sum, { heightPt }) => sum + heightPt, 0);

/** The rows at the largest sizes at which they fit together; the row with the most text is set smaller first. */
const fitRows = (rows: readonly FormRow[], box: Box, style: FormStyle, widthOf: TextWidth): readonly SetRow[] => {
  const set = (row: FormRow, step: number): SetRow => setRow(row, step, box.width / formColumns, style, widthOf);
  let fitted = rows.map((row) => set(row, 0));
  while (totalPt(fitted) > box.height) {
    const [fullest] = fitted
      .filter(({ step }) => step + 1 < style.valueSizesPt.length)
      .sort((a, b) => b.valuesPt - a.valuesPt);
    if (!fullest) throw new RangeError('the form does not fit its box at the smallest size');
    fitted = fitted.map((one) => (one === fullest ? set(one.row, one.step + 1) : one));
  }
  return fitted;
};

const placeCell = ({ cell, set, label }: SetCell, box: Box, style: FormStyle): PlacedCell => {
  const { labelWidthPt, labelSizePt, paddingPt } = style;
  const labelBox = { ...box, width: labelWidthPt };
  const valueX = box.x + labelWidthPt + paddingPt;
  const valueBox = { ...box, x: valueX, width: box.x + box.width - paddingPt - valueX };
  return {
    box,
    label: { box: labelBox, lines: label, sizePt: labelSizePt, strong: false, align: 'center' },
    value: { box: valueBox, lines: set.lines, sizePt: set.sizePt, strong: cell.strong ?? false, align: 'left' },
  };
};

const placeRow = ({ cells }: SetRow, box: Box, style: FormStyle): readonly PlacedCell[] => {
  let { x } = box;
  return cells.map((one) => {
    const width = (one.cell.columns * box.width) / formColumns;
    const placed = placeCell(one, { ...box, x, width }, style);
    x += width;
    return placed;
  });
};

/**
 * Lays a form out in a box and fills it: rows grow with their text, spare height is shared out, and where there is too
 * much text the fullest rows are set smaller. Nothing overlaps and nothing is cut.
 *
 * Errors: throws RangeError when the text does not fit at the smallest size.
 */
export const layOutForm = (
  rows: readonly FormRow[],
  box: Box,
  style: FormStyle,
  widthOf: TextWidth,
): readonly PlacedCell[] => {
  const fitted = fitRows(rows, box, style, widthOf);
  const sparePt = (box.height - totalPt(fitted)) / fitted.length;
  let { y } = box;
  return fitted.flatMap((row) => {
    const height = row.heightPt + sparePt;
    const placed = placeRow(row, { ...box, y, height }, style);
    y += height;
    return placed;
  });
};
