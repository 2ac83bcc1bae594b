import { describe, expect, test } from 'vitest';
import { contrast, palette, textOn } from './palette.ts';

describe('palette', () => {
  test('black on white is 21:1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  test.each(textOn)('%s on %s can be read', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
});
