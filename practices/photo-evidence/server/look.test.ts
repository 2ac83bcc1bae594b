import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { ProcessLost } from '#kernel/process/task-process.ts';
import { reducedJpeg } from '#practices/picture/server/reduced-jpeg.ts';
import { asTaken } from '#testkit/exif-segment.ts';
import { aJpeg, aPdf, aPng } from '#testkit/sample-files.ts';
import { aStruckNumber, asJpeg, aVehicleInYard, type Painted, turnedOver, usedAgain } from '#testkit/yard-pictures.ts';
import { coarseAtMost, coarseDistance, type Fingerprint, fineAtMost, fineDistance } from '../model/fingerprint.ts';
import { PictureBroken } from '../model/picture-seen.ts';
import { inFields } from './fields.ts';
import { fingerprintsOf, side } from './fingerprint-of.ts';
import { lookAt } from './look.ts';
import { pictureLookerOf } from './picture-looker.ts';

const looker = pictureLookerOf({ idleSeconds: 60, timeoutSeconds: 30 });
afterAll(() => looker.close());

const printOf = async (bytes: Uint8Array): Promise<Fingerprint> => {
  const { fingerprint } = await lookAt(bytes);
  if (!fingerprint) throw new Error('a picture without a print');
  return fingerprint;
};

const isNear = (one: Fingerprint, other: Fingerprint): boolean =>
  coarseDistance(one.bands, other.bands) <= coarseAtMost && fineDistance(one.fine, other.fine) <= fineAtMost;

/** Those whose bounds are told in ADR 0043 as lying beyond. */
const beyond = ['cut by 5 %', 'cut by 10 %'];

test.each(Object.entries(usedAgain).filter(([name]) => !beyond.includes(name)))(
  'R03: a vehicle in a yard is known again: %s',
  async (_, change) => {
    const picture = aVehicleInYard(1, 7);
    expect(isNear(await printOf(asJpeg(picture)), await printOf(change(picture)))).toBe(true);
  },
);

test('R03: different vehicles in one yard, and numbers struck into different metal, are not taken for one another', async () => {
  for (const make of [(seed: number) => aVehicleInYard(1, seed), aStruckNumber]) {
    const prints = await Promise.all(Array.from({ length: 8 }, async (_, seed) => printOf(asJpeg(make(seed + 40)))));
    const near = prints.flatMap((one, at) => prints.slice(at + 1).filter((other) => isNear(one, other)));
    expect(near).toEqual([]);
  }
});

test.each(Object.entries(turnedOver))(
  'R03: %s, a picture is known again by what it would look like so, and by nothing else',
  async (_, change) => {
    for (const picture of [aVehicleInYard(1, 7), aStruckNumber(7)]) {
      const print = await printOf(asJpeg(picture));
      const { fingerprint, turned } = await lookAt(asJpeg(change(picture), 60));
      expect([fingerprint, ...turned].map((one) => one !== null && isNear(one, print)).filter(Boolean)).toHaveLength(1);
      expect(fingerprint && isNear(fingerprint, print)).toBe(false);
    }
  },
);

test('R03: different pictures are not taken for one another mirrored or turned', async () => {
  for (const make of [(seed: number) => aVehicleInYard(1, seed), aStruckNumber]) {
    const looks = await Promise.all(Array.from({ length: 8 }, (_, seed) => lookAt(asJpeg(make(seed + 40)))));
    const near = looks.flatMap(({ turned }, at) =>
      looks.slice(at + 1).filter(({ fingerprint }) => turned.some((one) => fingerprint && isNear(one, fingerprint))),
    );
    expect(near).toEqual([]);
  }
});

const asPng = ({ width, height, data }: Painted): Buffer =>
  Buffer.from(encodePng({ width, height, channels: 4, data }));

test('R03: what a camera on its side has taken is known again when it was drawn upright, and as PNG', async () => {
  const lying = aVehicleInYard(1, 7);
  const data = new Uint8Array(lying.data.length);
  // Turned clockwise, as orientation 6 asks.
  for (let y = 0; y < lying.width; y += 1)
    for (let x = 0; x < lying.height; x += 1) {
      const from = ((lying.height - 1 - x) * lying.width + y) * 4;
      data.set(lying.data.subarray(from, from + 4), (y * lying.height + x) * 4);
    }
  const upright = { width: lying.height, height: lying.width, data };
  const taken = await printOf(asTaken(asJpeg(lying), '2026:11:23 10:00:00'));
  expect(isNear(taken, await printOf(asPng(upright)))).toBe(true);
  expect(isNear(taken, await printOf(asJpeg(lying)))).toBe(false);
});

test('R03: the means of blocks say what the whole picture says, also where colours are kept coarser', async () => {
  // Written by a browser, with colours at half the size.
  const bytes = readFileSync('apps/server/demo/photos/whole.jpg');
  const blocks = reducedJpeg(bytes, 1)?.planes[0];
  const fromBlocks = blocks && fingerprintsOf(inFields(blocks, side))?.fingerprint;
  // Told to be progressive, it is decoded whole, which forgives that.
  const progressive = Buffer.from(bytes);
  const frame = progressive.indexOf(Buffer.from([0xff, 0xc0]));
  progressive[frame + 1] = 0xc2;
  expect(reducedJpeg(progressive, 1)).toBeNull();
  const { decodedPicture } = await import('#practices/picture/server/decoded-picture.ts');
  const { width, height, data } = decodedPicture(bytes, 'image/jpeg');
  const values = Float32Array.from(
    { length: width * height },
    (_, at) => 0.299 * (data[at * 3] ?? 0) + 0.587 * (data[at * 3 + 1] ?? 0) + 0.114 * (data[at * 3 + 2] ?? 0),
  );
  const whole = fingerprintsOf(inFields({ width, height, stride: width, values }, side))?.fingerprint;
  if (!fromBlocks || !whole) throw new Error('a picture without a print');
  expect(coarseDistance(fromBlocks.bands, whole.bands)).toBeLessThanOrEqual(2);
  expect(fineDistance(fromBlocks.fine, whole.fine)).toBeLessThanOrEqual(8);
});

test('R03: a JPEG that begins anew after each block is read from its marks on', () => {
  // Two grey blocks, each 64 steps of 8 above the middle, with a mark between them.
  const quantisation = ['ffdb0043', '00', '08'.repeat(64)].join('');
  const frame = 'ffc0000b080008001001011100';
  const means = `ffc40015${'00'}${'0101'.padEnd(32, '0')}0007`;
  const rest = `ffc40014${'10'}${'01'.padEnd(32, '0')}00`;
  const file = `ffd8${quantisation}${frame}${means}${rest}ffdd00040001ffda0008010100003f00a03fffd0a03fffd9`;
  const found = reducedJpeg(Buffer.from(file, 'hex'), 1)?.planes[0];
  expect(found && [...found.values]).toEqual([192, 192]);
});

test('R03: a picture too plain to be like another has no print; what is no picture is not looked at, and the next one is', async () => {
  expect((await looker.look(aJpeg(600, 400))).fingerprint).toBeNull();
  expect((await looker.look(aPng())).fingerprint).toBeNull();
  await expect(looker.look(aPdf())).rejects.toThrow(PictureBroken);
  await expect(looker.look(asJpeg(aVehicleInYard(1, 7)).subarray(0, 300))).rejects.toThrow(PictureBroken);
  const seen = await looker.look(asTaken(asJpeg(aVehicleInYard(1, 7)), '2026:11:23 10:00:00', { make: 'HUAWEI' }));
  expect(seen).toMatchObject({ width: 480, height: 360, camera: 'HUAWEI', takenAt: new Date('2026-11-23T02:00:00Z') });
});

test('R03: while a picture is looked at, everything else goes on', async () => {
  const large = asJpeg(aVehicleInYard(1, 7), 100);
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 1);
  await Promise.all(Array.from({ length: 20 }, () => looker.look(large)));
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(10);
});

test('R03: a PNG that unfolds to far more than it declares is broken, also for whoever asks for its camera; the next one is looked at', async () => {
  const png = aPng();
  const chunk = (kind: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(kind, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const bomb = deflateSync(Buffer.alloc(50_000_000));
  const before = process.memoryUsage().arrayBuffers;
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), bomb]));
  expect(await lookAt(Buffer.concat([png.subarray(0, 33), profile, png.subarray(33)]))).toMatchObject({ width: 20 });
  const surplus = Buffer.concat([png.subarray(0, 33), chunk('IDAT', bomb), chunk('IEND', Buffer.alloc(0))]);
  await expect(lookAt(surplus)).rejects.toThrow(PictureBroken);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  await expect(looker.look(surplus)).rejects.toThrow(PictureBroken);
  expect(await looker.look(png)).toMatchObject({ width: 20, height: 10 });
});

test('R03: a looker that is lost over a picture is gone when the next one is looked at, by another', async () => {
  const slow = pictureLookerOf({ idleSeconds: 60, timeoutSeconds: 30 });
  await slow.look(aPng());
  const first = slow.workerPid() ?? 0;
  const lost = slow.look(asJpeg(aVehicleInYard(1, 7), 100));
  const next = slow.look(aPng());
  process.kill(first, 'SIGKILL');
  await expect(lost).rejects.toThrow(ProcessLost);
  expect(await next).toMatchObject({ width: 20, height: 10 });
  expect(slow.workerPid()).not.toBe(first);
  await slow.close();
  expect(slow.workerPid()).toBeNull();
});
