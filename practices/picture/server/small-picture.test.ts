import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { afterAll, expect, test } from 'vitest';
import type { StoredFile } from '#kernel/files/file.store.ts';
import { ProcessLost } from '#kernel/process/task-process.ts';
import { asTaken } from '#testkit/exif-segment.ts';
import { aJpegBomb, aPdf, aPngBomb } from '#testkit/sample-files.ts';
import { asJpeg, aVehicleInYard, type Painted } from '#testkit/yard-pictures.ts';
import { decodedPicture } from './decoded-picture.ts';
import { reducedJpeg } from './reduced-jpeg.ts';
import { pictureShrinkerOf } from './shrinker.ts';
import { longestSide, smallPicture } from './small-picture.ts';
import { thumbnailsOf } from './thumbnails.ts';

const shrinker = pictureShrinkerOf({ idleSeconds: 60, timeoutSeconds: 30 });
afterAll(() => shrinker.close());

/** A picture of many pixels, each point of a small one drawn `times` times as large. */
const enlarged = ({ width, height, data }: Painted, times: number): Painted => {
  const large = new Uint8Array(width * height * times * times * 4);
  for (let y = 0; y < height * times; y += 1)
    for (let x = 0; x < width * times; x += 1) {
      const from = (Math.floor(y / times) * width + Math.floor(x / times)) * 4;
      large.set(data.subarray(from, from + 4), (y * width * times + x) * 4);
    }
  return { width: width * times, height: height * times, data: large };
};

/** How far the colours of two pictures of any size lie apart, of 255, as the mean over a grid of places. */
const apart = (one: Buffer, other: Buffer): number => {
  const pictures = [one, other].map((bytes) => decodedPicture(bytes, bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'));
  const side = 24;
  // The mean of each field, so that edges between points do not count.
  const fields = pictures.map(({ width, height, data }) => {
    const sums = new Float64Array(side * side * 3);
    const counts = new Float64Array(side * side);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const at = Math.floor((y * side) / height) * side + Math.floor((x * side) / width);
        counts[at] = (counts[at] ?? 0) + 1;
        for (let part = 0; part < 3; part += 1)
          sums[at * 3 + part] = (sums[at * 3 + part] ?? 0) + (data[(y * width + x) * 3 + part] ?? 0);
      }
    return sums.map((sum, at) => sum / (counts[Math.floor(at / 3)] ?? 1));
  });
  const [a, b] = fields;
  return (a?.reduce((sum, value, at) => sum + Math.abs(value - (b?.[at] ?? 0)), 0) ?? Number.NaN) / (side * side * 3);
};

const sizeOf = (bytes: Buffer) => {
  const { width, height } = decodedPicture(bytes, 'image/jpeg');
  return { width, height };
};

test('R03: a large photograph, colours at full and at half size, becomes a small one of the same colours', async () => {
  const written = asJpeg(enlarged(aVehicleInYard(1, 7), 4));
  // Written by a browser, with colours at half the size.
  const byBrowser = readFileSync('apps/server/demo/photos/whole.jpg');
  for (const photograph of [written, byBrowser]) {
    expect(reducedJpeg(photograph, 2)?.whole).toBe(true);
    const small = await smallPicture(photograph);
    const { width, height } = sizeOf(small);
    expect(Math.max(width, height)).toBeLessThanOrEqual(longestSide);
    expect(Math.max(width, height)).toBeGreaterThanOrEqual(0.6 * longestSide);
    expect(small.length).toBeLessThan(photograph.length / 2);
    expect(apart(small, photograph)).toBeLessThan(2);
  }
});

test('R03: a small picture stands upright, whichever way the camera was held', async () => {
  const lying = aVehicleInYard(1, 7);
  const turned = new Uint8Array(lying.data.length);
  // Turned clockwise, as orientation 6 asks.
  for (let y = 0; y < lying.width; y += 1)
    for (let x = 0; x < lying.height; x += 1) {
      const from = ((lying.height - 1 - x) * lying.width + y) * 4;
      turned.set(lying.data.subarray(from, from + 4), (y * lying.height + x) * 4);
    }
  const small = await smallPicture(asTaken(asJpeg(lying), '2026:11:23 10:00:00'));
  expect(sizeOf(small)).toEqual({ width: 240, height: 320 });
  expect(apart(small, asJpeg({ width: lying.height, height: lying.width, data: turned }))).toBeLessThan(4);
});

test('R03: PNG, grey and narrow pictures are made smaller too', async () => {
  const { width, height, data } = aVehicleInYard(1, 7);
  const png = Buffer.from(encodePng({ width, height, channels: 4, data }));
  expect(apart(await smallPicture(png), png)).toBeLessThan(4);
  const stripe = jpeg.encode({ width: 4_000, height: 3, data: Buffer.alloc(4_000 * 3 * 4, 128) }, 80).data;
  expect(sizeOf(await smallPicture(stripe))).toMatchObject({ width: longestSide });
});

test('R03: what is no picture, broken, or would unfold without measure is refused by the process, and the next one is made', async () => {
  for (const bad of [
    aPdf(),
    aJpegBomb(60_000, 60_000),
    aPngBomb(60_000, 60_000),
    asJpeg(aVehicleInYard(1, 7)).subarray(0, 300),
  ])
    await expect(shrinker.shrink(bad)).rejects.toThrow();
  const small = await shrinker.shrink(asJpeg(aVehicleInYard(1, 7)));
  expect(sizeOf(Buffer.from(small))).toEqual({ width: 320, height: 240 });
});

const storedAs = (sizeBytes: number, mediaType = 'image/jpeg'): StoredFile => ({
  id: 'a',
  storeKey: 'k',
  name: 'a.jpg',
  mediaType,
  sizeBytes,
  sm3: '0',
});

test('R03: a small picture is made once for all who ask, not at all for what is small or no picture, and not shown where making it failed', async () => {
  const photograph = asJpeg(aVehicleInYard(1, 7), 100);
  let reads = 0;
  const files = {
    put: async () => undefined,
    get: async () => {
      reads += 1;
      return Readable.from(photograph);
    },
    delete: async () => undefined,
    exists: async () => true,
  };
  const thumbnails = thumbnailsOf(files, smallPicture);
  const [one, other] = await Promise.all([
    thumbnails.of(storedAs(photograph.length)),
    thumbnails.of(storedAs(photograph.length)),
  ]);
  expect(one).toBe(other);
  expect(one?.length).toBeLessThan(photograph.length);
  expect(await thumbnails.of(storedAs(photograph.length))).toBe(one);
  expect(reads).toBe(1);
  expect(await thumbnails.of(storedAs(5_000))).toBeNull();
  expect(await thumbnails.of(storedAs(photograph.length, 'application/pdf'))).toBeNull();
  expect(reads).toBe(1);
  const failing = thumbnailsOf(files, () => Promise.reject(new Error('no picture')));
  expect(await failing.of(storedAs(photograph.length))).toBeNull();
});

test('R03: few photographs lie in memory at a time; beyond measure they are shown as they are, and what a lost process left is made by the next', async () => {
  let held = 0;
  let most = 0;
  const files = {
    put: async () => undefined,
    get: async () => {
      held += 1;
      most = Math.max(most, held);
      return Readable.from(Buffer.alloc(30_000));
    },
    delete: async () => undefined,
    exists: async () => true,
  };
  let lost = true;
  const thumbnails = thumbnailsOf(files, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    held -= 1;
    if (lost) throw new ProcessLost('killed');
    return Buffer.alloc(10);
  });
  const one = (storeKey: string): StoredFile => ({ ...storedAs(30_000), storeKey });
  expect(await thumbnails.of(one('k0'))).toBeNull();
  lost = false;
  const found = await Promise.all(Array.from({ length: 300 }, (_, at) => thumbnails.of(one(`k${at}`))));
  expect(most).toBeLessThanOrEqual(3);
  const made = found.filter((small) => small !== null);
  expect(made.length).toBeGreaterThanOrEqual(100);
  expect(made.length).toBeLessThan(300);
  expect(await thumbnails.of(one('k0'))).not.toBeNull();
});
