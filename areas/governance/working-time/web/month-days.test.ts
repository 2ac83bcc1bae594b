import { expect, test } from 'vitest';
import { dayInWords, isWorked, monthDays } from './month-days.ts';

const national = { day: '2026-10-01', kind: 'holiday', name: '国庆节', assumed: false } as const;
const shifted = { day: '2026-10-10', kind: 'working-day', name: '国庆节调休', assumed: false } as const;
const october = monthDays(2026, 10, new Map([national, shifted].map((one) => [one.day, one])));

test('R44: a month has its days on their weekdays', () => {
  expect(october).toHaveLength(31);
  expect(october[0]).toMatchObject({ day: '2026-10-01', number: 1, weekday: 3, weekend: false });
  expect(monthDays(2028, 2, new Map())).toHaveLength(29);
});

test('R44: holidays, shifted work and the week decide whether a day is worked', () => {
  expect([1, 2, 3, 10, 11].map((number) => october[number - 1]).map((one) => one && isWorked(one))).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});

test.each([
  [1, '10月1日 周四 放假（国庆节）'],
  [9, '10月9日 周五 上班'],
  [10, '10月10日 周六 上班（国庆节调休）'],
  [11, '10月11日 周日 休息'],
])('R44: day %i reads %#', (number, words) => {
  const one = october[number - 1];
  expect(one && dayInWords(one)).toBe(words);
});
