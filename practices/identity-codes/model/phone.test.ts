import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkContactPhone, checkLandline, checkMobile } from './phone.ts';

const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''));

describe('mobile numbers', () => {
  it.each([
    ['13800000000', '13800000000'],
    ['19900000000', '19900000000'],
    ['16600000000', '16600000000'],
    ['138 0000 0000', '13800000000'],
    ['138-0000-0000', '13800000000'],
    ['+86 13800000000', '13800000000'],
    ['0086-13800000000', '13800000000'],
    ['１３８００００００００', '13800000000'],
  ])('%s is sound', (raw, value) => {
    expect(checkMobile(raw)).toEqual({ ok: true, value, warnings: [] });
    expect(checkContactPhone(raw)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each(['12800000000', '1380000000', '138000000000', '', '电话'])('%s is refused', (raw) => {
    expect(checkMobile(raw)).toMatchObject({ ok: false });
    expect(checkContactPhone(raw)).toEqual({ ok: false, message: expect.stringContaining('021-12345678') });
  });
});

describe('landlines', () => {
  it.each([
    ['021-00000000', '021-00000000'],
    ['02100000000', '021-00000000'],
    ['(021)12345678', '021-12345678'],
    ['021—12345678', '021-12345678'],
    ['021-12345678-8001', '021-12345678-8001'],
    ['0512-1234567', '0512-1234567'],
    ['051212345678', '0512-12345678'],
    ['+86-21-12345678', undefined],
  ])('%s reads %s', (raw, value) => {
    expect(checkLandline(raw)).toEqual(
      value === undefined ? { ok: false, message: expect.any(String) } : { ok: true, value, warnings: [] },
    );
  });

  it.each(['00000', '12345678', '021-123456', '021-123456789', '021-12345678-1234567'])('%s is refused', (raw) => {
    expect(checkLandline(raw)).toMatchObject({ ok: false });
  });

  it('has one form however the hyphens stand', () => {
    const numbers = fc.tuple(fc.constantFrom('010', '021', '0512', '0755'), digits(8));
    fc.assert(
      fc.property(numbers, ([area, number]) => {
        expect(checkLandline(`${area}${number}`)).toEqual(checkLandline(`${area}-${number}`));
      }),
    );
  });
});

it('a contact phone is its own normal form, and nothing typed throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits(11), digits(12)), (raw) => {
      const verdict = checkContactPhone(raw);
      if (verdict.ok) expect(checkContactPhone(verdict.value)).toEqual(verdict);
    }),
  );
});
