import { expect, test } from 'vitest';
import { standardRetry, waitsOf } from './retry.ts';

test('R57: 10 s, 1 min, 10 min, 1 h, then hourly for a day, then a person', () => {
  const waits: number[] = [];
  for (let failures = 1; ; failures += 1) {
    const wait = standardRetry(failures);
    if (wait === 'give-up') break;
    waits.push(wait);
  }
  expect(waits.slice(0, 4)).toEqual([10, 60, 600, 3600]);
  expect(new Set(waits.slice(4))).toEqual(new Set([3600]));
  expect(waits.slice(4)).toHaveLength(24);
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  expect(total).toBe(10 + 60 + 600 + 25 * 3600);
});

test('R57: a policy waits as listed, then gives up for good', () => {
  const policy = waitsOf([1, 2]);
  expect([1, 2, 3, 4, 1000].map(policy)).toEqual([1, 2, 'give-up', 'give-up', 'give-up']);
  expect(waitsOf([])(1)).toBe('give-up');
});
