import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePointName, missingMark, printableText } from './printable-text.ts';

const basicPlane = (codePoint: number): boolean => codePoint <= 0xffff;

describe('R06: text made drawable', () => {
  test('R06: a character the font lacks is marked in its place and named, once for each time it stands there', () => {
    expect(printableText('𬎆小𬎆', basicPlane)).toEqual({ text: '〓小〓', missing: [0x2c386, 0x2c386] });
    expect(codePointName(0x2c386)).toBe('U+2C386');
    expect(codePointName(0x20)).toBe('U+0020');
  });

  test('R06: line ends become blanks, unseen characters go, what is drawn stays as it was written', () => {
    expect(printableText(' 人民路\r\n300\u00a0号\u200b葛\u{e0100}\ufe0f ', basicPlane)).toEqual({
      text: '人民路 300\u00a0号葛',
      missing: [],
    });
  });

  test('R06: whatever comes in, only covered characters go out, and nothing is lost unnamed', () => {
    const covers = (codePoint: number): boolean => basicPlane(codePoint) && codePoint % 3 !== 0;
    const anything = fc.array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x2fff), fc.constant(missingMark.codePointAt(0) ?? 0)));
    const count = (text: string): number => text.split(missingMark).length - 1;
    fc.assert(
      fc.property(anything, (codePoints) => {
        const raw = String.fromCodePoint(...codePoints);
        const { text, missing } = printableText(raw, (one) => one === 0x20 || covers(one));
        expect([...text].every((one) => one === ' ' || covers(one.codePointAt(0) ?? 0))).toBe(true);
        expect(count(text)).toBe(count(raw) + missing.length);
      }),
    );
  });
});
