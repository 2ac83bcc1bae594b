import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIdentityNumber, identityCheckDigit } from './identity-number.ts';

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true });
const identityNumbers = fc
  .tuple(fc.constantFrom('310101', '110105', '810000', '820000', '830000'), day, fc.integer({ min: 0, max: 999 }))
  .map(([region, birth, order]) => {
    const first17 = `${region}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
    return `${first17}${identityCheckDigit(first17)}`;
  });

describe('identity numbers', () => {
  it.each([
    ['11010519491231002X', '11010519491231002X'],
    ['440524188001010014', '440524188001010014'],
    ['310101190001010011', '310101190001010011'],
    ['810000199001010019', '810000199001010019'],
    ['830000199001010020', '830000199001010020'],
    ['11010519491231002x', '11010519491231002X'],
    [' １１０１０５ 19491231 002ｘ ', '11010519491231002X'],
  ])('%s is sound', (raw, value) => {
    expect(checkIdentityNumber(raw)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each([
    ['110105194912310021', /校验位/],
    ['310101190013010010', /出生日期不存在/],
    ['310101190002290000', /出生日期不存在/],
    ['310101179901010018', /出生日期不存在/],
    ['110105491231002', /15 位旧证号.*18 位/],
    ['1101051949123100X2', /18 位/],
    ['01010519491231002X', /18 位/],
    ['', /18 位/],
    ['身份证', /18 位/],
  ])('%s is refused', (raw, message) => {
    expect(checkIdentityNumber(raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('refuses a birth day still to come when the day is known', () => {
    const first17 = '31010120270101001';
    const number = `${first17}${identityCheckDigit(first17)}`;
    expect(checkIdentityNumber(number).ok).toBe(true);
    expect(checkIdentityNumber(number, '2026-12-31')).toMatchObject({ ok: false });
    expect(checkIdentityNumber(number, '2027-01-01').ok).toBe(true);
  });

  it('doubts a region that does not exist', () => {
    const first17 = '99010119900101001'.replace(/^99/, '29');
    expect(checkIdentityNumber(`${first17}${identityCheckDigit(first17)}`)).toMatchObject({
      ok: true,
      warnings: [expect.stringMatching(/地区代码/)],
    });
  });

  it('accepts every number made by the standard', () => {
    fc.assert(fc.property(identityNumbers, (number) => checkIdentityNumber(number).ok));
  });

  it('notices any one wrong digit', () => {
    fc.assert(
      fc.property(
        identityNumbers,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (number, at, by) => {
          const digit = (Number(number[at]) + by) % 10;
          return !checkIdentityNumber(`${number.slice(0, at)}${digit}${number.slice(at + 1)}`).ok;
        },
      ),
    );
  });

  it('notices two neighbours changed over', () => {
    fc.assert(
      fc.property(identityNumbers, fc.integer({ min: 0, max: 15 }), (number, at) => {
        const [a, b] = [number[at] ?? '', number[at + 1] ?? ''];
        fc.pre(a !== b);
        return !checkIdentityNumber(`${number.slice(0, at)}${b}${a}${number.slice(at + 2)}`).ok;
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof checkIdentityNumber(text).ok === 'boolean'));
  });
});
