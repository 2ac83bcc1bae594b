import { expect, test } from 'vitest';
import { sectionOfPath } from './section-path.ts';

test('a path names its section, if it has one', () => {
  expect(sectionOfPath('papers.vin')).toBe('papers');
  expect(sectionOfPath('photo:engine')).toBeUndefined();
  expect(sectionOfPath('input.reason')).toBeUndefined();
  expect(sectionOfPath('')).toBeUndefined();
});
