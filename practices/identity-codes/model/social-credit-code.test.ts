import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSocialCreditCode, creditCheckCharacter, organisationCheckCharacter } from './social-credit-code.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const letters = fc.constantFrom(...alphabet);
const codes = fc
  .tuple(
    fc.constantFrom('91', '92', '93', '12', '51'),
    fc.constantFrom('310115', '310000', '310230'),
    fc.array(letters, { minLength: 8, maxLength: 8 }),
  )
  .map(([head, district, inner]) => {
    const body = inner.join('');
    const first17 = `${head}${district}${body}${organisationCheckCharacter(body)}`;
    return `${first17}${creditCheckCharacter(first17)}`;
  });

describe('unified social credit codes', () => {
  it.each([
    '91350100M000100Y43',
    '91310115MADEMA0198',
    '91310112MADEMA027P',
    '92310101MADEMA06XY',
    '12310000000000019X',
  ])('%s is sound', (value) => {
    expect(checkSocialCreditCode(value)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each([
    ['91310115MADEMA0190', /校验位/],
    ['91310115MADEMO01X0', /没有 I、O、S、V、Z/],
    ['91310151MADEMA0198', /校验位/],
    ['91310115MADEMA019', /18 位/],
    ['000000000000000000', /同一个字符/],
    ['', /18 位/],
    ['统一社会信用代码统一社会信用代码统一', /不会出现的字符/],
  ])('%s is refused', (raw, message) => {
    expect(checkSocialCreditCode(raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('only doubts a wrong organisation code inside', () => {
    expect(checkSocialCreditCode('91310115MADEMA0185')).toEqual({
      ok: true,
      value: '91310115MADEMA0185',
      warnings: [expect.stringMatching(/组织机构代码校验位/)],
    });
  });

  it('takes lower case, full width, blanks and hyphens', () => {
    expect(checkSocialCreditCode(' ９１３１０１１５-madema ０１９８ ')).toMatchObject({
      ok: true,
      value: '91310115MADEMA0198',
    });
  });

  it('accepts every code made by the standard without a doubt', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(checkSocialCreditCode(code)).toEqual({ ok: true, value: code, warnings: [] });
      }),
    );
  });

  it('notices any one wrong character', () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: 17 }), letters, (code, at, letter) => {
        fc.pre(code[at] !== letter);
        return !checkSocialCreditCode(`${code.slice(0, at)}${letter}${code.slice(at + 1)}`).ok;
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof checkSocialCreditCode(text).ok === 'boolean'),
    );
  });
});
