import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPersonName, normalisePersonName } from './person-name.ts';

describe('names of persons', () => {
  it.each([
    ['张三', '张三'],
    [' 张　三 ', '张三'],
    ['欧阳 修', '欧阳修'],
    ['𠮷田', '𠮷田'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉．买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['John  Smith', 'John Smith'],
    ['J. Smith', 'J. Smith'],
    ["O'Neil-Jones", "O'Neil-Jones"],
  ])('%s reads %s', (raw, value) => {
    expect(checkPersonName(raw)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each([
    ['张', /完整姓名/],
    ['', /完整姓名/],
    ['张三1', /不会出现的字符/],
    ['张三<b>', /不会出现的字符/],
    ['·张三', /不会出现的字符/],
    ['张'.repeat(41), /40 个字/],
  ])('%s is refused', (raw, message) => {
    expect(checkPersonName(raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('is done after once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('张', '三', '·', '•', '.', ' ', '　', 'a', 'B', '-') }), (text) => {
        const once = normalisePersonName(text);
        expect(normalisePersonName(once)).toBe(once);
      }),
    );
  });
});
