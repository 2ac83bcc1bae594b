import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfShanghaiDay, plusDays, shanghaiDay, shanghaiMinute } from './shanghai.ts';

test.each([
  ['2026-11-23T15:59:59.999Z', '2026-11-23', '2026-11-23 23:59'],
  ['2026-11-23T16:00:00.000Z', '2026-11-24', '2026-11-24 00:00'],
  ['2026-12-31T16:30:00.000Z', '2027-01-01', '2027-01-01 00:30'],
  // In the summers of 1986 to 1991 Shanghai had summer time; birthdays and first registrations fall into them.
  ['1988-07-01T15:30:00.000Z', '1988-07-02', '1988-07-02 00:30'],
])('R03: %s is the day %s in Shanghai, shown as %s', (instant, day, minute) => {
  expect(shanghaiDay(new Date(instant))).toBe(day);
  expect(shanghaiMinute(new Date(instant))).toBe(minute);
});

test('R03: the end of a day is its last millisecond in Shanghai', () => {
  const end = endOfShanghaiDay('2026-11-23');
  expect(end.toISOString()).toBe('2026-11-23T15:59:59.999Z');
  expect(shanghaiDay(end)).toBe('2026-11-23');
  expect(shanghaiDay(new Date(end.getTime() + 1))).toBe('2026-11-24');
});

test.each([
  ['2026-02-28', 1, '2026-03-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2026-01-01', 0, '2026-01-01'],
])('R03: %s and %i days is %s', (day, days, found) => {
  expect(plusDays(day, days)).toBe(found);
});

test('R03: days forth and back lead home', () => {
  const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => plusDays('1970-01-01', n));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5_000, max: 5_000 }), (day, days) => {
      expect(plusDays(plusDays(day, days), -days)).toBe(day);
    }),
  );
});
