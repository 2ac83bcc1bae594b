import { expect, test } from 'vitest';
import { usualSpans } from '../model/progress-period.ts';
import { progressSearch, spanOf } from './progress-search.ts';

test('R14: the period stands in the address; half a period, one that runs backwards and nonsense open the usual one', () => {
  const today = '2026-03-01';
  const usual = { from: '2025-12-02', to: today };
  expect(spanOf(progressSearch.parse({ from: '2026-01-05', to: '2026-02-05', district: 310115 }), today)).toEqual({
    from: '2026-01-05',
    to: '2026-02-05',
  });
  for (const odd of [
    {},
    { from: '2026-01-05' },
    { from: '2026-02-05', to: '2026-01-05' },
    { from: 'x', to: 7 },
    { from: '1990-01-01', to: today },
  ])
    expect(spanOf(progressSearch.parse(odd), today)).toEqual(usual);
});

test('R14: the usual stretches, across the turn of a year', () => {
  expect(usualSpans('2026-01-15').map(({ title, from, to }) => `${title} ${from} ${to}`)).toEqual([
    '近 30 天 2025-12-17 2026-01-15',
    '近 90 天 2025-10-18 2026-01-15',
    '本月 2026-01-01 2026-01-15',
    '上月 2025-12-01 2025-12-31',
    '今年 2026-01-01 2026-01-15',
  ]);
});

test('R14: a district comes as text or as a number, as addresses have it', () => {
  expect(progressSearch.parse({ district: '310115' }).district).toBe('310115');
  expect(progressSearch.parse({ district: 310115 }).district).toBe('310115');
  expect(progressSearch.parse({ district: 'Pudong' }).district).toBeUndefined();
});
