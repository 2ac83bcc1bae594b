import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf, deadlineAfterPause, deadlineOf } from './calendar.ts';
import { shippedHolidays } from './holidays.ts';
import { plusDays } from './shanghai.ts';

const calendar = calendarOf(shippedHolidays);

describe('R01: a working day is what the State Council says it is', () => {
  test.each([
    ['2026-02-13', true, 'Friday before the Spring Festival'],
    ['2026-02-14', true, 'a Saturday worked for the Spring Festival'],
    ['2026-02-15', false, 'the first day of the Spring Festival'],
    ['2026-02-23', false, 'the ninth and last day, a Monday'],
    ['2026-02-24', true, 'the Tuesday after it'],
    ['2026-02-28', true, 'a Saturday worked for the Spring Festival'],
    ['2026-03-01', false, 'an ordinary Sunday'],
    ['2026-01-02', false, 'a Friday off for New Year'],
    ['2026-01-04', true, 'a Sunday worked for New Year'],
    ['2026-05-09', true, 'a Saturday worked for Labour Day'],
    ['2026-09-20', true, 'a Sunday worked for the National Day'],
    ['2026-10-07', false, 'the last day of the National Day'],
    ['2026-10-10', true, 'a Saturday worked for the National Day'],
    ['2025-01-26', true, 'a Sunday worked for the Spring Festival of 2025'],
    ['2025-02-04', false, 'the last day of the Spring Festival of 2025'],
    ['2025-10-08', false, 'the last day of the National Day of 2025'],
    ['2025-10-11', true, 'a Saturday worked for it'],
    ['2027-02-05', false, 'the eve of the Spring Festival of 2027, by statute'],
    ['2027-03-01', true, 'an ordinary Monday of 2027'],
  ])('R01: %s is a working day: %s (%s)', (day, works) => {
    expect(calendar.isWorkingDay(day)).toBe(works);
  });

  test('R01: no day is listed twice, and days worked are weekends', () => {
    const days = shippedHolidays.map(({ day }) => day);
    expect(new Set(days).size).toBe(days.length);
    const plain = calendarOf([]);
    const worked = shippedHolidays.filter(({ kind }) => kind === 'working-day');
    expect(worked.filter(({ day }) => plain.isWorkingDay(day))).toEqual([]);
  });

  test('R01: 2025 and 2026 have the days off of the yearly notices; 2027 is marked as assumed', () => {
    const off = (year: string): number =>
      shippedHolidays.filter(({ kind, day }) => kind === 'holiday' && day.startsWith(year)).length;
    expect([off('2025'), off('2026')]).toEqual([28, 33]);
    expect(shippedHolidays.filter(({ day, assumed }) => day.startsWith('2027') !== assumed)).toEqual([]);
  });
});

describe('R01: periods in working days', () => {
  test.each([
    ['2026-11-23', 7, '2026-12-02', 'over one weekend'],
    ['2026-02-11', 7, '2026-02-27', 'over the Spring Festival and the Saturday worked before it'],
    ['2026-02-14', 7, '2026-03-03', 'from a Saturday worked, over the festival and the Saturday worked after it'],
    ['2026-02-18', 1, '2026-02-24', 'from within the festival'],
    ['2026-09-30', 7, '2026-10-15', 'over the National Day'],
    ['2026-12-31', 1, '2027-01-04', 'over New Year into the assumed year'],
    ['2026-11-23', 0, '2026-11-23', 'of no length'],
  ])('R01: from %s, %i working days end on %s (%s)', (from, count, end) => {
    expect(calendar.plusWorkingDays(from, count)).toBe(end);
  });

  const anyDay = fc.integer({ min: 0, max: 1_090 }).map((n) => plusDays('2025-01-01', n));

  test('R01: between two days lie as many as are working days one by one', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 400 }), (from, days) => {
        const each = Array.from({ length: days }, (_, n) => plusDays(from, n + 1));
        expect(calendar.workingDaysBetween(from, plusDays(from, days))).toBe(each.filter(calendar.isWorkingDay).length);
      }),
    );
  });

  test('R01: what is counted forward is found between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const end = calendar.plusWorkingDays(day, count);
        expect(calendar.isWorkingDay(end)).toBe(true);
        expect(calendar.workingDaysBetween(day, end)).toBe(count);
        expect(calendar.workingDaysBetween(end, day)).toBe(-count);
      }),
    );
  });

  test.each([
    ['2026-11-23T10:00:00+08:00', 'working-day', '2026-12-02T23:59:59.999+08:00'],
    ['2026-11-23T23:59:59+08:00', 'working-day', '2026-12-02T23:59:59.999+08:00'],
    ['2026-11-24T00:00:00+08:00', 'working-day', '2026-12-03T23:59:59.999+08:00'],
    ['2026-11-23T10:00:00+08:00', 'day', '2026-11-30T23:59:59.999+08:00'],
  ] as const)('R01: seven days from %s in the unit %s run out at %s', (from, unit, end) => {
    expect(deadlineOf(calendar, new Date(from), 7, unit)).toEqual(new Date(end));
  });

  test.each([
    ['2026-11-23', '2026-11-23', 'working-day', '2026-11-26'],
    ['2026-11-23', '2026-11-25', 'working-day', '2026-11-30'],
    ['2026-11-27', '2026-11-30', 'working-day', '2026-11-27'],
    ['2026-11-23', '2026-11-30', 'day', '2026-12-03'],
    ['2026-12-30', '2027-01-02', 'day', '2026-11-29'],
  ] as const)(
    'R09: a period to 2026-11-26 that stands still from %s to %s in the unit %s runs to %s',
    (from, to, unit, end) => {
      const at = (day: string): Date => new Date(`${day}T10:00:00+08:00`);
      const paused = { from: at(from), to: at(to) };
      expect(deadlineAfterPause(calendar, at('2026-11-26'), paused, unit)).toEqual(
        new Date(`${end}T23:59:59.999+08:00`),
      );
    },
  );
});
