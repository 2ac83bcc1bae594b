import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietHoursText, quietUntil, usualQuietHours } from './quiet-hours.ts';

const at = (text: string): Date => new Date(`${text}:00+08:00`);

test.each([
  ['2026-11-23T20:59', null],
  ['2026-11-23T21:00', '2026-11-24T08:00'],
  ['2026-11-30T23:30', '2026-12-01T08:00'],
  ['2026-11-24T00:00', '2026-11-24T08:00'],
  ['2026-11-24T07:59', '2026-11-24T08:00'],
  ['2026-11-24T08:00', null],
])('R49: at %s nobody’s phone rings until %s', (now, end) => {
  expect(quietUntil(usualQuietHours, at(now))).toEqual(end === null ? null : at(end));
});

test('R49: hours within one day, no hours, and what is no setting', () => {
  const noon = quietHoursText.parse('12:00-13:30');
  expect(quietUntil(noon, at('2026-11-23T13:29'))).toEqual(at('2026-11-23T13:30'));
  expect(quietUntil(noon, at('2026-11-23T13:30'))).toBeNull();
  expect(quietUntil(quietHoursText.parse('none'), at('2026-11-23T23:00'))).toBeNull();
  for (const wrong of ['21-8', '21:00', '24:00-08:00', '08:00-08:00', '21:00-08:00-09:00', ''])
    expect(quietHoursText.safeParse(wrong).success).toBe(false);
});

test('R49: whenever it is quiet, the end is ahead, within a day, and no quiet moment itself', () => {
  const hour = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const text = ([h, m]: [number, number]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
  fc.assert(
    fc.property(
      hour,
      hour,
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
      (one, other, now) => {
        fc.pre(text(one) !== text(other));
        const hours = { from: text(one), until: text(other) };
        const end = quietUntil(hours, now);
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(now.getTime() - 1);
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(86_400_000);
        expect(quietUntil(hours, end)).toBeNull();
      },
    ),
  );
});
