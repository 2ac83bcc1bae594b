import { expect, test } from 'vitest';
import { piecesOf } from './diff-pieces.ts';

test('a text is cut at its differing characters', () => {
  expect(
    piecesOf('SH7180A', [
      [2, 4],
      [6, 7],
    ]),
  ).toEqual([
    { text: 'SH', differs: false },
    { text: '71', differs: true },
    { text: '80', differs: false },
    { text: 'A', differs: true },
  ]);
});

test('nothing is lost or doubled by ranges that touch, overlap or reach too far', () => {
  const pieces = piecesOf('ABC', [
    [0, 1],
    [0, 2],
    [2, 9],
  ]);
  expect(pieces.map(({ text }) => text).join('')).toBe('ABC');
  expect(piecesOf('ABC', [])).toEqual([{ text: 'ABC', differs: false }]);
  expect(piecesOf('', [[0, 3]])).toEqual([]);
});

test('a rare character counts once and is not cut', () => {
  expect(piecesOf('张𬸚A', [[1, 2]])).toEqual([
    { text: '张', differs: false },
    { text: '𬸚', differs: true },
    { text: 'A', differs: false },
  ]);
});
