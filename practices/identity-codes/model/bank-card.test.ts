import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDebitCard, isLuhnSound } from './bank-card.ts';

describe('debit cards', () => {
  it.each(['6222020000000000000', '6217000000000000004', '6225880000000001', '6222 0200 0000 0000 000'])(
    '%s is sound',
    (raw) => {
      expect(checkDebitCard(raw)).toEqual({ ok: true, value: raw.replaceAll(' ', ''), warnings: [] });
    },
  );

  it.each([
    ['6222020000000000001', /校验位/],
    ['4111111111111111', /62 开头/],
    ['622202', /13 至 19 位/],
    ['', /13 至 19 位/],
  ])('%s is refused', (raw, message) => {
    expect(checkDebitCard(raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('the Luhn sum holds for the foreign card that is refused for being foreign', () => {
    expect(isLuhnSound('4111111111111111')).toBe(true);
    expect(isLuhnSound('')).toBe(false);
  });

  it('exactly one last digit fits, and any one wrong digit is noticed', () => {
    const heads = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 }).map((all) => all.join(''));
    fc.assert(
      fc.property(heads, (head) => {
        const fitting = [...'0123456789'].filter((last) => isLuhnSound(`${head}${last}`));
        expect(fitting).toHaveLength(1);
      }),
    );
  });
});
