import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTractionBatteryCode } from './traction-battery-code.ts';

describe('traction battery codes', () => {
  it.each(['001PB1234567ABC9123456789'.slice(0, 24), '0A2PE0100000AB7C10000001'])('%s is sound', (code) => {
    expect(checkTractionBatteryCode(code)).toEqual({ ok: true, value: code, warnings: [] });
  });

  it.each([
    ['001PB1234567ABC91234567', /24 位.*23 位/],
    ['001PB1234567ABC912345O78', /字母 I 或 O/],
    ['001MB1234567ABC912345678', /模组/],
    ['001CB1234567ABC912345678', /单体/],
  ])('%s is doubted', (code, doubt) => {
    expect(checkTractionBatteryCode(code)).toEqual({ ok: true, value: code, warnings: [expect.stringMatching(doubt)] });
  });

  it.each(['', '电池', '12345', 'A'.repeat(24), 'A1'.repeat(21)])('%s is refused', (code) => {
    expect(checkTractionBatteryCode(code)).toEqual({ ok: false, message: expect.stringMatching(/电池铭牌/) });
  });

  it('reads lower case, blanks and hyphens', () => {
    expect(checkTractionBatteryCode(' 001p-b1234567 abc912345678 ')).toMatchObject({
      value: '001PB1234567ABC912345678',
      warnings: [],
    });
  });

  it('never throws, and what it accepts it accepts again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const verdict = checkTractionBatteryCode(raw);
        if (verdict.ok) expect(checkTractionBatteryCode(verdict.value)).toEqual(verdict);
      }),
    );
  });
});
