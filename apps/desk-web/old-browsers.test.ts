import { expect, test } from 'vitest';
import { fillInForOldBrowsers } from './old-browsers.ts';

/** Runs something as Chromium 87 would: without the method, but for what is filled in. */
const without = <T>(holder: object, name: string, run: () => T): T => {
  const own = Object.getOwnPropertyDescriptor(holder, name);
  if (!own) throw new Error(`${name} is missing here too`);
  Reflect.deleteProperty(holder, name);
  try {
    fillInForOldBrowsers();
    return run();
  } finally {
    Object.defineProperty(holder, name, own);
  }
};

test('T3.4: what Chromium 87 lacks is filled in, and does what the standard says', () => {
  const one = { own: undefined };
  expect(without(Object, 'hasOwn', () => [Object.hasOwn(one, 'own'), Object.hasOwn(one, 'toString')])).toEqual([
    true,
    false,
  ]);
  expect(without(Map, 'groupBy', () => [...Map.groupBy([1, 2, 3], (value) => value % 2)])).toEqual([
    [1, [1, 3]],
    [0, [2]],
  ]);
  expect(without(Array.prototype, 'at', () => ['a', 'b'].at(-1))).toBe('b');
  expect(without(Array.prototype, 'findLast', () => [1, 2, 3].findLast((value) => value < 3))).toBe(2);
});
