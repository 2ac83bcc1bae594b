import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from './canonical.ts';

test.each([
  [{ b: 1, a: 'x' }, '{"a":"x","b":1}'],
  [{ at: new Date('2026-11-23T02:00:00Z') }, '{"at":"2026-11-23T02:00:00.000Z"}'],
  [{ kept: null, gone: undefined }, '{"kept":null}'],
  [[3, [true, undefined], {}], '[3,[true,null],{}]'],
  [{ 中文: '值"\n', Z: 1, a: 2 }, '{"Z":1,"a":2,"中文":"值\\"\\n"}'],
  ['', '""'],
  [undefined, 'null'],
])('R45: %j is written as %s, today and for ever', (value, text) => {
  expect(canonical(value)).toBe(text);
});

test('R45: the order in which keys were written does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonical(turned)).toBe(canonical(value));
    }),
  );
});

test('R45: what was written reads back as the same value, and so has the same text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
    }),
  );
});
