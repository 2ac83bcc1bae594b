import { parse } from 'exifr';
import { describe, expect, test } from 'vitest';
import { exifSegment } from '#testkit/exif-segment.ts';
import { exifSegmentOf, withExif } from './jpeg-exif.ts';

const jfif = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
const scan = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
const jpegOf = (...segments: Iterable<number>[]): Uint8Array =>
  Uint8Array.from([0xff, 0xd8, ...segments.flatMap((segment) => [...segment]), ...scan]);

describe('what a photograph tells of how it was taken', () => {
  test('R03: a picture drawn smaller says when it was taken, and that it stands upright now', async () => {
    const original = jpegOf(jfif, exifSegment('2025:11:02 08:30:00'));
    expect((await parse(original, { translateValues: false })).Orientation).toBe(6);
    const segment = exifSegmentOf(original);
    if (!segment) throw new Error('it was there');
    const told = await parse(withExif(jpegOf(jfif), segment), { translateValues: false, reviveValues: false });
    expect(told).toMatchObject({ Orientation: 1, DateTimeOriginal: '2025:11:02 08:30:00' });
    // The original is not touched.
    expect((await parse(original, { translateValues: false })).Orientation).toBe(6);
  });

  test('R03: where nothing is told, or the file is none or cut off, nothing is found and nothing breaks', () => {
    expect(exifSegmentOf(jpegOf(jfif))).toBeUndefined();
    expect(exifSegmentOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47]))).toBeUndefined();
    const whole = jpegOf(exifSegment('2025:11:02 08:30:00'));
    for (let length = 0; length < whole.length; length += 1) {
      const segment = exifSegmentOf(whole.slice(0, length));
      if (segment) expect(withExif(jpegOf(jfif), segment).length).toBeGreaterThan(0);
    }
    expect(withExif(Uint8Array.from([1, 2]), Uint8Array.from([0xff, 0xe1]))).toEqual(Uint8Array.from([1, 2]));
    expect(withExif(jpegOf(jfif), Uint8Array.from([0xff, 0xe1, 0, 4, 1, 2])).length).toBeGreaterThan(0);
  });
});
