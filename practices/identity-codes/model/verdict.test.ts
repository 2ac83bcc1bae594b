import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneCharacter, normaliseCode, toHalfWidth } from './verdict.ts';

describe('the common preparation of codes', () => {
  it.each([
    ['  沪a１２３４５　', '沪A12345'],
    ['\u200b138 0000\u00a00000\ufeff', '13800000000'],
    ['（０２１）', '(021)'],
    ['11010519491231002x', '11010519491231002X'],
  ])('%j becomes %j', (raw, value) => {
    expect(normaliseCode(raw)).toBe(value);
  });

  it('leaves half-width text as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => toHalfWidth(text) === text));
  });

  it('is done after once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => normaliseCode(normaliseCode(text)) === normaliseCode(text)),
    );
  });

  it.each([
    ['111', true],
    ['𠮷𠮷', true],
    ['112', false],
    ['1', false],
    ['', false],
  ])('%j is one character over and over: %s', (code, answer) => {
    expect(isOneCharacter(code)).toBe(answer);
  });
});
