import { describe, expect, test } from 'vitest';
import { rowAfter } from './use-row-keys.ts';

describe('keys in a list', () => {
  test.each([
    ['ArrowDown', -1, 3, 0],
    ['ArrowUp', -1, 3, 2],
    ['ArrowDown', 0, 3, 1],
    ['ArrowDown', 2, 3, 2],
    ['ArrowUp', 0, 3, 0],
    ['ArrowDown', -1, 0, -1],
  ] as const)('%s from row %i of %i leads to %i', (key, current, count, next) => {
    expect(rowAfter(key, current, count)).toBe(next);
  });
});
