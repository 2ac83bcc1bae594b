import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakLines } from './line-breaking.ts';

/** Chinese is two wide, everything else one. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0);
const lines = (text: string, width: number) => breakLines(text, width, widthOf).lines;

describe('R06: lines of a printed value', () => {
  test('R06: Chinese breaks anywhere, words and codes do not', () => {
    expect(lines('上海市黄浦区人民路', 8)).toEqual(['上海市黄', '浦区人民', '路']);
    expect(lines('大众汽车牌SVW71612BM', 12)).toEqual(['大众汽车牌', 'SVW71612BM']);
    expect(lines('AB12、CD34、EF56', 11)).toEqual(['AB12、', 'CD34、EF56']);
  });

  test('R06: closing punctuation never begins a line, opening punctuation never ends one', () => {
    expect(lines('上海宝山，回收', 8)).toEqual(['上海宝', '山，回收']);
    expect(lines('上海回（集团）', 8)).toEqual(['上海回', '（集团）']);
  });

  test('R06: a code longer than a line is torn and says so', () => {
    expect(breakLines('ABCDEFGH', 5, widthOf)).toEqual({ lines: ['ABCDE', 'FGH'], torn: true });
    expect(breakLines('车 ABCDE', 5, widthOf)).toEqual({ lines: ['车', 'ABCDE'], torn: false });
  });

  test('R06: an empty text is one empty line', () => {
    expect(breakLines('  ', 5, widthOf)).toEqual({ lines: [''], torn: false });
  });

  test('R06: no text loses or gains a character but blanks, and no line is wider than allowed', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'上海区（），、。AB12- '), maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const broken = breakLines(text, width, widthOf);
        expect(broken.lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of broken.lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
