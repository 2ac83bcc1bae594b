import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { aDiskStore, anS3Store, type TestFileStore } from '#testkit/file-stores.ts';
import { aHeic, aJpeg, aJpegBomb, aPdf, aPng, aPngBomb } from '#testkit/sample-files.ts';
import { displayName, FileRefused, maxFileBytes, type ReceivedFile, receiveFile } from './receive.ts';

const now = new Date('2026-11-23T02:00:00Z');

/** In pieces of 64 KiB, as a network brings them. */
const inPieces = (bytes: Buffer): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, n) => bytes.subarray(n * 65_536, (n + 1) * 65_536)),
  );

const refusalOf = async (receiving: Promise<ReceivedFile>): Promise<FileRefused> => {
  const thrown = await receiving.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof FileRefused)) throw new Error(`expected a refusal, found ${String(thrown)}`);
  return thrown;
};

const brokenLine = (): Readable => {
  const pieces = async function* () {
    yield aJpeg(400, 300);
    throw new Error('connection lost');
  };
  return Readable.from(pieces());
};

describe.each([
  ['disk', aDiskStore],
  ['S3', anS3Store],
])('R01: files received into %s', (_name, make) => {
  let place: TestFileStore;
  beforeAll(async () => {
    place = await make();
  });
  afterAll(() => place.close());

  const receive = (bytes: Buffer, name = '照片.jpg'): Promise<ReceivedFile> =>
    receiveFile({ name, stream: inPieces(bytes) }, place.store, now);

  test.each([
    ['image/jpeg', aJpeg(), { width: 40, height: 30 }],
    ['image/png', aPng(), { width: 20, height: 10 }],
    ['application/pdf', aPdf(), null],
  ])('R01: a true %s is kept byte for byte, measured and digested', async (mediaType, bytes, image) => {
    const file = await receive(bytes);
    expect(file).toMatchObject({ mediaType, image, sizeBytes: bytes.length, sm3: sm3Hex(bytes), name: '照片.jpg' });
    expect(await buffer(await place.store.get(file.storeKey))).toEqual(bytes);
    await place.store.delete(file.storeKey);
  });

  test('R01: a file of exactly the limit is taken, whole', async () => {
    const bytes = Buffer.concat([aJpeg(), Buffer.alloc(maxFileBytes - aJpeg().length, 7)]);
    const file = await receive(bytes);
    expect(file).toMatchObject({ sizeBytes: maxFileBytes, sm3: sm3Hex(bytes) });
    await place.store.delete(file.storeKey);
  });

  test.each([
    ['0 bytes', Buffer.alloc(0), /0 字节/],
    ['a program called a photograph', Buffer.from('MZ\x90\x00'.padEnd(5_000, '\0'), 'latin1'), /不是照片/],
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>'), /不是照片/],
    [
      'an SVG, which can hold a program',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      /不是照片/,
    ],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'), /不是照片/],
    ['a HEIC', aHeic(), /HEIC/],
    ['a PNG that unfolds to 3.6 gigapixels', aPngBomb(60_000, 60_000), /像素过大/],
    ['a JPEG that unfolds to 3.6 gigapixels', aJpegBomb(60_000, 60_000), /像素过大/],
    ['a PNG without width', aPngBomb(0, 10), /已损坏/],
    ['a JPEG cut off in its header', aJpeg().subarray(0, 40), /已损坏/],
    ['a JPEG of a true start and noise', Buffer.concat([aJpeg().subarray(0, 4), Buffer.alloc(9_000, 0x41)]), /已损坏/],
  ])('R01: %s is refused with a reason, and nothing stays', async (_what, bytes, reason) => {
    const { message, tooLarge } = await refusalOf(receive(bytes));
    expect(message).toMatch(reason);
    expect(tooLarge).toBe(false);
    expect(place.stored()).toBe(0);
  });

  test('R01: one byte over the limit is refused, and nothing stays', async () => {
    const bytes = Buffer.concat([aJpeg(), Buffer.alloc(maxFileBytes + 1 - aJpeg().length)]);
    const refused = await refusalOf(receive(bytes));
    expect([refused.tooLarge, refused.message]).toEqual([true, expect.stringContaining('15 MB')]);
    expect(place.stored()).toBe(0);
  });

  test('R01: a line that breaks in the middle leaves nothing', async () => {
    await expect(receiveFile({ name: 'a.jpg', stream: brokenLine() }, place.store, now)).rejects.toThrow(
      'connection lost',
    );
    expect(place.stored()).toBe(0);
  });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\li\\行驶证.jpg', '行驶证.jpg'],
  ['..', '未命名'],
  ['a/..', '未命名'],
  ['', '未命名'],
  ['  \u0000\u0007 ', '未命名'],
  ['tab\there\n.jpg', 'tabhere.jpg'],
  ['x'.repeat(300), 'x'.repeat(120)],
])('R01: the name %j is shown as %j and is never a path', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});
