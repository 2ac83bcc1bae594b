import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, type FormRow, type FormStyle, layOutForm, lineSpacing, type TextWidth } from './form-layout.ts';

const box: Box = { x: 30, y: 60, width: 480, height: 200 };
const style: FormStyle = { labelWidthPt: 60, labelSizePt: 8, valueSizesPt: [10, 8, 6, 4], paddingPt: 4 };
const widthOf: TextWidth = (text, sizePt) =>
  [...text].reduce((sum, one) => sum + (one > '\u2e80' ? sizePt : sizePt / 2), 0);
const rowsOf = (...values: readonly string[]): readonly FormRow[] =>
  values.map((value, index) => [
    { label: `左${index}`, value, columns: 7 },
    { label: '右\n两行', value: 'A1', columns: 5 },
  ]);
const valueSizes = (rows: readonly FormRow[]) => layOutForm(rows, box, style, widthOf).map(({ value }) => value.sizePt);

const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;
const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x + 0.01 ||
  b.x + b.width <= a.x + 0.01 ||
  a.y + a.height <= b.y + 0.01 ||
  b.y + b.height <= a.y + 0.01;

describe('R06: a form laid out', () => {
  test('R06: short values stand at full size and the rows fill the box', () => {
    const cells = layOutForm(rowsOf('甲', '乙'), box, style, widthOf);

    expect(cells.map(({ value }) => value.sizePt)).toEqual([10, 10, 10, 10]);
    expect(cells.map((cell) => cell.box.height)).toEqual([100, 100, 100, 100]);
  });

  test('R06: where one value is too long its row alone is set smaller', () => {
    expect(valueSizes(rowsOf('甲', '址'.repeat(300), '乙'))).toEqual([10, 10, 8, 8, 10, 10]);
  });

  test('R06: a code shrinks so as to stay whole, and breaks only when it cannot', () => {
    const [short, , long] = layOutForm(rowsOf('W'.repeat(50), 'W'.repeat(90)), box, style, widthOf);

    expect(short?.value.lines).toHaveLength(1);
    expect(short?.value.sizePt).toBeLessThan(10);
    expect(long?.value.lines.join('')).toBe('W'.repeat(90));
    expect(long?.value.lines).toHaveLength(3);
  });

  test('R06: text that fits at no size is refused rather than cut', () => {
    expect(() => valueSizes(rowsOf('址'.repeat(4000)))).toThrow(RangeError);
  });

  test('R06: whatever the values, cells do not overlap, text stays in its cell, nothing is lost', () => {
    const values = fc.string({ unit: fc.constantFrom(...'上海（集团），W1-'), maxLength: 120 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (texts) => {
        const cells = layOutForm(rowsOf(...texts), box, style, widthOf);
        for (const [index, { box: cell, label, value }] of cells.entries()) {
          expect(within(cell, box)).toBe(true);
          expect(apart(label.box, value.box)).toBe(true);
          expect(cells.every((other, at) => at === index || apart(cell, other.box))).toBe(true);
          for (const block of [label, value]) {
            expect(within(block.box, cell)).toBe(true);
            expect(block.lines.length * block.sizePt * lineSpacing).toBeLessThanOrEqual(block.box.height);
          }
          for (const line of value.lines)
            expect(widthOf(line, value.sizePt, false)).toBeLessThanOrEqual(value.box.width + 0.01);
        }
        const drawn = cells.filter((_, index) => index % 2 === 0).map(({ value }) => value.lines.join(''));
        expect(drawn).toEqual(texts);
      }),
    );
  });
});
