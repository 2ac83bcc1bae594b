import { expect, test } from 'vitest';
import { likelyReadings, plainReading, takenTogether } from './likely-readings.ts';

const letters = ['M', 'N', 'W'];

/** A line by its steps; each step's chances are those of no letter, M, N and W. */
const lineOf = (...steps: readonly (readonly [number, number, number, number])[]) => ({
  steps: steps.length,
  kinds: 4,
  chances: Float32Array.from(steps.flat()),
});

test('R01: the likeliest letter of every step makes the plain reading; a letter that goes on is one letter', () => {
  const line = lineOf([0.1, 0.9, 0, 0], [0.1, 0.9, 0, 0], [1, 0, 0, 0], [0.2, 0.8, 0, 0], [0.4, 0, 0.6, 0]);

  expect(plainReading(line, letters).text).toBe('MMN');
  expect(plainReading(line, letters).confidence).toBeCloseTo((0.9 + 0.8 + 0.6) / 3);
  expect(plainReading(lineOf([1, 0, 0, 0]), letters)).toEqual({ text: '', confidence: 0 });
});

test('R01: a letter spread thinly over two steps is likelier than none, though none is likeliest at each', () => {
  const line = lineOf([0, 0, 1, 0], [0.6, 0, 0, 0.4], [0.6, 0, 0, 0.4], [0, 1, 0, 0]);

  expect(plainReading(line, letters).text).toBe('NM');
  const [first, second] = likelyReadings(line, letters);
  expect([first?.text, second?.text]).toEqual(['NWM', 'NM']);
  expect(first?.share).toBeCloseTo(0.64);
  expect(second?.share).toBeCloseTo(0.36);
});

test('R01: the same letter twice needs a pause between', () => {
  const readings = likelyReadings(lineOf([0, 1, 0, 0], [0.3, 0.7, 0, 0], [0, 1, 0, 0]), letters);

  expect(readings.map(({ text }) => text)).toEqual(['M', 'MM']);
  expect(readings[0]?.share).toBeCloseTo(0.7);
});

test('R01: several looks count equally, blanks make no difference, and only so many readings are told', () => {
  const together = takenTogether(
    [
      [
        { text: 'KD67591', share: 0.6 },
        { text: '沪 KD67591', share: 0.3 },
      ],
      [
        { text: '沪KD67591', share: 0.8 },
        { text: 'KD6759I', share: 0.1 },
      ],
    ],
    2,
  );

  expect(together.map(({ text }) => text)).toEqual(['沪KD67591', 'KD67591']);
  expect(together.map(({ share }) => share)).toEqual([expect.closeTo(0.55), expect.closeTo(0.3)]);
});
