import { expect, test } from 'vitest';
import { coordinatesIn, coordinatesText, metresBetween } from './coordinates.ts';

const square = { latitude: 31.2304, longitude: 121.4737 };

test('R03: a place is read back as it was written, with what follows it', () => {
  expect(coordinatesText(square)).toBe('31.23040, 121.47370');
  expect(coordinatesIn('31.23040, 121.47370（误差约 20 米）')).toEqual(square);
  for (const none of ['', '浦东新区', '31.2', '95.1, 121.4', '31.1, 200']) expect(coordinatesIn(none)).toBeNull();
});

test('R03: places are as far apart as on the map', () => {
  expect(metresBetween(square, square)).toBe(0);
  // From the People's Square to the pier at the Bund.
  expect(metresBetween(square, { latitude: 31.2397, longitude: 121.4905 })).toBeCloseTo(1_900, -2);
});
