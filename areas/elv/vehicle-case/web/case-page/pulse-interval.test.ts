import { expect, test } from 'vitest';
import { isNews } from './pulse-interval.ts';

test('R01: an answer that came between the page and its first mark is not missed', () => {
  expect(isNews(undefined, 'a', true)).toBe(true);
  expect(isNews(undefined, 'a', false)).toBe(false);
});

test('R01: a changed mark is news, the same one is none, and neither is no mark', () => {
  expect(isNews('a', 'b', false)).toBe(true);
  expect(isNews('a', 'a', true)).toBe(false);
  expect(isNews('a', undefined, true)).toBe(false);
});
