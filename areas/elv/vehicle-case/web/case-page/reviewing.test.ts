import { expect, test } from 'vitest';
import type { Ability } from '../../model/vehicle-case.views.ts';
import { abilitiesInOrder, abilityFor, isReviewer, nextAfter, reviewKeyOf } from './reviewing.ts';

const ability = (action: string, tone: Ability['tone']): Ability => ({
  action,
  title: action,
  ready: true,
  missing: [],
  consequence: null,
  input: 'none',
  tone,
});
const all = [
  ability('raiseSupervision', 'plain'),
  ability('refuse', 'danger'),
  ability('returnDesk', 'return'),
  ability('passDesk', 'primary'),
];
const press = (key: string, more: object = {}) =>
  reviewKeyOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('the keys of the review page: A pass, R return, N next, nothing with a modifier', () => {
  expect([press('a'), press('R'), press('n'), press('x')]).toEqual(['pass', 'return', 'next', undefined]);
  expect(press('r', { ctrlKey: true })).toBeUndefined();
  expect(abilityFor(all, 'pass')?.action).toBe('passDesk');
  expect(abilityFor(all, 'return')?.action).toBe('returnDesk');
});

test('only those who may judge get the review page', () => {
  expect(isReviewer({ state: 'deskReview', abilities: all })).toBe(true);
  expect(isReviewer({ state: 'deskReview', abilities: [ability('raiseSupervision', 'plain')] })).toBe(false);
  expect(isReviewer({ state: 'intake', abilities: all })).toBe(false);
});

test('the next case goes round, and there is none when this is the only one', () => {
  expect(nextAfter(['a', 'b', 'c'], 'b')).toBe('c');
  expect(nextAfter(['a', 'b', 'c'], 'c')).toBe('a');
  expect(nextAfter(['a'], 'a')).toBeUndefined();
  expect(nextAfter(['a', 'b'], 'x')).toBe('a');
});

test('going on stands first, side matters last', () => {
  expect(abilitiesInOrder(all).map(({ action }) => action)).toEqual([
    'passDesk',
    'returnDesk',
    'refuse',
    'raiseSupervision',
  ]);
});
