import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';

/** By size. The encoder makes tables of a hundred thousand small arrays each time, which cost a walk of many photographs more than the walk. */
const drawn = new Map<string, Buffer>();

/** A true JPEG of the given size, grey, the caller's own. Sizes in pixels. */
export const aJpeg = (width = 40, height = 30): Buffer => {
  const size = `${width}x${height}`;
  const known = drawn.get(size) ?? jpeg.encode({ width, height, data: Buffer.alloc(width * height * 4, 128) }, 80).data;
  drawn.set(size, known);
  return Buffer.from(known);
};

/** A true PNG of the given size. Sizes in pixels. */
export const aPng = (width = 20, height = 10): Buffer =>
  Buffer.from(encodePng({ width, height, channels: 4, data: new Uint8Array(width * height * 4).fill(200) }));

/** The smallest thing that says it is a PDF. */
export const aPdf = (): Buffer => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

/** A photograph as an iPhone saves it unless told otherwise: an ISO file of brand `heic`. */
export const aHeic = (): Buffer => {
  const head = Buffer.from('....ftypheic....mif1heic', 'latin1');
  head.writeUInt32BE(24, 0);
  head.writeUInt32BE(0, 12);
  return Buffer.concat([head, Buffer.alloc(4_096)]);
};

/** A small PNG that claims to unfold to the given size. Sizes in pixels. */
export const aPngBomb = (width: number, height: number): Buffer => {
  const bytes = aPng();
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

/** The same as a JPEG. */
export const aJpegBomb = (width: number, height: number): Buffer => {
  const bytes = aJpeg();
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
};
