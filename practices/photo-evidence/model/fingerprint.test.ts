import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coarseAtMost, coarseDistance, type Fingerprint, fineDistance, probesOf } from './fingerprint.ts';

const band = fc.integer({ min: 0, max: 65_535 });
const bands = fc.tuple(band, band, band, band);
const flips = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: coarseAtMost });

const flipped = (of: Fingerprint['bands'], bits: readonly number[]): Fingerprint['bands'] => {
  const made: [number, number, number, number] = [...of];
  for (const bit of bits) made[bit >> 4] = (made[bit >> 4] ?? 0) ^ (1 << (bit & 15));
  return made;
};

test('R03: whatever seven bits differ, some band is asked for that the other has', () => {
  fc.assert(
    fc.property(bands, flips, (one, bits) => {
      const other = flipped(one, bits);
      expect(coarseDistance(one, other)).toBe(bits.length);
      expect(one.some((value, at) => probesOf(value).includes(other[at] ?? -1))).toBe(true);
    }),
  );
});

test('R03: eight bits may hide in four bands, two in each: the search promises seven', () => {
  const one: Fingerprint['bands'] = [0, 0, 0, 0];
  const other = flipped(one, [0, 1, 16, 17, 32, 33, 48, 49]);
  expect(one.some((value, at) => probesOf(value).includes(other[at] ?? -1))).toBe(false);
});

test('R03: bits of the fine print are counted all', () => {
  expect(fineDistance('0'.repeat(64), 'f'.repeat(64))).toBe(256);
  expect(fineDistance(`${'0'.repeat(63)}1`, '0'.repeat(64))).toBe(1);
});
