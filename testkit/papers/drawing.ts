import { bodyColours, fuelTypes, titleOf, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import type { PaperSet } from './paper-set.ts';
import type { Random } from './random.ts';
import type { Look, Mark, Sheet, Words } from './sheet.ts';
import type { PaperForm } from './truth.ts';

/** One way papers are printed: how they look and how each form is laid out. */
export interface Drawing {
  readonly name: string;
  look(form: PaperForm, random: Random): Look;
  sheet(form: PaperForm, set: PaperSet, random: Random): Sheet;
}

/** The strings a set prints, as the forms write them. */
export const printed = (set: PaperSet) => ({
  vehicleType: titleOf(vehicleTypes, set.vehicleTypeCode),
  useNature: titleOf(useNatures, set.useNatureCode),
  fuel: titleOf(fuelTypes, set.fuelTypeCode),
  colour: titleOf(bodyColours, set.bodyColourCode),
  brandModel: `${set.brand}${set.model}`,
  identity: `${set.owner.kind === 'person' ? '居民身份证' : '统一社会信用代码'}/${set.owner.identityNo}`,
  inspection: `检验有效期至${Number(set.issueDate.slice(0, 4)) + 2}年${set.registrationDate.slice(5, 7)}月沪A(${set.fileNo.slice(-2)})`,
});

/** `2012年5月1日`, as identity cards and business licences write days. */
export const longDay = (day: string, padded = false): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return padded ? `${year}年${month}月${date}日` : `${year}年${Number(month)}月${Number(date)}日`;
};

/** The day of birth inside an identity number. */
export const birthOf = (identityNo: string): string =>
  `${identityNo.slice(6, 10)}-${identityNo.slice(10, 12)}-${identityNo.slice(12, 14)}`;

/** Text of the form's own. */
export const label = (x: number, y: number, size: number, text: string, spread?: number): Words => ({
  role: 'label',
  x,
  y,
  size,
  text,
  ...(spread ? { spread } : {}),
});

/** Text printed into the form. */
export const value = (x: number, y: number, size: number, text: string, wrap?: number): Words => ({
  role: 'value',
  x,
  y,
  size,
  text,
  ...(wrap ? { wrap } : {}),
});

/** Text printed into a place of that width in millimetres: smaller where it would not fit, as the offices' printers do. */
export const fitted = (x: number, y: number, size: number, text: string, width: number): Words => {
  const letters = [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) < 0x2e80 ? 0.66 : 1.08), 0);
  return value(x, y, Math.min(size, width / letters), text);
};

/** A cell of a ruled table: the label, then its value at `at` millimetres from the cell's left edge. */
export interface Cell {
  readonly label: string;
  readonly value: string;
  readonly width: number;
  readonly at: number;
}

/** Rows of cells from a corner downwards, ruled. `sizes` are the heights of label and value text. */
export const ruledRows = (
  corner: { readonly x: number; readonly y: number },
  rows: readonly (readonly Cell[])[],
  rowHeight: number,
  sizes: { readonly label: number; readonly value: number },
): { readonly words: readonly Words[]; readonly marks: readonly Mark[] } => {
  const words: Words[] = [];
  const marks: Mark[] = [];
  for (const [order, cells] of rows.entries()) {
    const y = corner.y + order * rowHeight;
    const middle = (size: number): number => y + (rowHeight - size * 1.22) / 2;
    let x = corner.x;
    for (const cell of cells) {
      marks.push(
        { kind: 'line', x, y, width: cell.width, height: 0 },
        { kind: 'line', x, y, width: 0, height: rowHeight },
      );
      words.push(label(x + 0.8, middle(sizes.label), sizes.label, cell.label));
      if (cell.value !== '')
        words.push(fitted(x + cell.at, middle(sizes.value), sizes.value, cell.value, cell.width - cell.at - 0.5));
      x += cell.width;
    }
    marks.push({ kind: 'line', x, y, width: 0, height: rowHeight });
  }
  const width = rows[0]?.reduce((sum, cell) => sum + cell.width, 0) ?? 0;
  marks.push({ kind: 'line', x: corner.x, y: corner.y + rows.length * rowHeight, width, height: 0 });
  return { words, marks };
};

/** The lines a long text breaks into at so many letters. */
export const broken = (text: string, letters: number): readonly string[] =>
  Array.from({ length: Math.ceil([...text].length / letters) }, (_, order) =>
    [...text].slice(order * letters, (order + 1) * letters).join(''),
  );

/** That it is no real paper, said where it disturbs nobody. */
export const sample = (x: number, y: number, size: number): Words => ({
  role: 'sample',
  x,
  y,
  size,
  text: '演示样本 非真实证件',
});
