import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { decodedPicture } from './decoded-picture.ts';
import { plainPng } from './plain-png.ts';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const header = (width: number, height: number, depth = 8, colour = 2, interlaced = 0): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, interlaced], 8);
  return chunk('IHDR', data);
};
const rows = (length: number): Buffer => chunk('IDAT', deflateSync(Buffer.alloc(length)));
const file = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))]);

const read = (png: Buffer) => decodedPicture(png, 'image/png');
/** A hundred thousand times as much as a picture of 4 × 4 has. */
const surplus = 5_200_000;

test('R03: a PNG that unfolds to more or to less than its rows is refused before it is decoded', () => {
  expect(read(file(header(4, 4), rows(52)))).toMatchObject({ width: 4, height: 4 });
  expect(() => read(file(header(4, 4), rows(surplus)))).toThrow();
  expect(() => read(file(header(4, 4), rows(53)))).toThrow();
  expect(() => read(file(header(4, 4), rows(51)))).toThrow('rows missing');
  expect(() => read(file(header(20_000, 3_000, 16, 6), rows(52)))).toThrow('beyond all measure');
});

test('R03: the rows of an interlaced PNG are counted by its passes, of a palette by its bits', () => {
  // 5 × 5 in RGB: passes of 1, 1, 2 × 1, 1 × 2… as the standard tells.
  expect(read(file(header(5, 5, 8, 2, 1), rows(25 * 3 + 11)))).toMatchObject({ width: 5, height: 5 });
  expect(() => read(file(header(5, 5, 8, 2, 1), rows(25 * 3 + 12)))).toThrow();
  const palette = chunk('PLTE', Buffer.from('ff0000', 'hex'));
  expect(plainPng(file(header(9, 2, 4, 3), palette, rows(12)))).toBeInstanceOf(Uint8Array);
});

test('R03: a profile and compressed texts, which unfold without bound, are left out unread', () => {
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), Buffer.from('no stream')]));
  const bare = file(header(4, 4), rows(52));
  const text = chunk('zTXt', Buffer.concat([Buffer.from('t\0\0', 'latin1'), deflateSync(Buffer.alloc(surplus))]));
  expect(plainPng(file(header(4, 4), profile, text, rows(52)))).toEqual(bare);
  expect([...read(file(header(4, 4), profile, text, rows(52))).data.slice(0, 3)]).toEqual([0, 0, 0]);
});

test('R03: a second header, palette or transparency, which a decoder would believe, is refused', () => {
  const palette = chunk('PLTE', Buffer.from('ff0000', 'hex'));
  const clear = chunk('tRNS', Buffer.from([0]));
  expect(read(file(header(4, 4, 8, 3), palette, clear, rows(20)))).toMatchObject({ width: 4 });
  expect(() => read(file(header(4, 4), header(9_000, 9_000), rows(52)))).toThrow('too much IHDR');
  expect(() => read(file(header(4, 4, 8, 3), palette, palette, rows(20)))).toThrow('too much PLTE');
  expect(() => read(file(header(4, 4, 8, 3), palette, clear, clear, rows(20)))).toThrow('too much tRNS');
  expect(() => read(file(header(4, 4, 8, 3), chunk('PLTE', Buffer.alloc(771)), rows(20)))).toThrow('too much PLTE');
});

test('R03: an ordinary PNG reads as before, and one that is cut off is refused', () => {
  const data = Uint8Array.from({ length: 6 * 5 * 3 }, (_, at) => at * 2);
  const png = Buffer.from(encode({ width: 6, height: 5, channels: 3, data }));
  expect(read(png)).toEqual({ width: 6, height: 5, data });
  expect(() => read(png.subarray(0, -6))).toThrow('without its end');
});
