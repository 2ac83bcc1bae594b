/** The two marks a JPEG begins with. */
const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

const startOfScan = 0xda;
const app1 = 0xe1;
const exifName = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * The segment of a JPEG that tells how it was taken, with its marker; undefined where there is none, or the file is no JPEG.
 * Source: JEITA CP-3451 (Exif 2.3), 4.7.2.
 */
export const exifSegmentOf = (bytes: Uint8Array): Uint8Array | undefined => {
  if (!isJpeg(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== startOfScan) {
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (end > bytes.length) return undefined;
    if (bytes[at + 1] === app1 && exifName.every((byte, index) => bytes[at + 4 + index] === byte))
      return bytes.slice(at, end);
    at = end;
  }
  return undefined;
};

const orientationTag = 0x0112;
/** Marker, length and name stand before the TIFF header. */
const tiffAt = 10;
const entryBytes = 12;

/** The same segment saying that the picture stands upright, as it does once it has been drawn. */
const upright = (segment: Uint8Array): Uint8Array => {
  const made = segment.slice();
  const view = new DataView(made.buffer);
  if (made.length < tiffAt + 8) return made;
  const little = view.getUint16(tiffAt) === 0x4949;
  const first = tiffAt + view.getUint32(tiffAt + 4, little);
  if (first + 2 > made.length) return made;
  const count = view.getUint16(first, little);
  for (let index = 0; index < count; index += 1) {
    const entry = first + 2 + index * entryBytes;
    if (entry + entryBytes > made.length) return made;
    if (view.getUint16(entry, little) === orientationTag) view.setUint16(entry + 8, 1, little);
  }
  return made;
};

/** A JPEG that was drawn anew, with what the original told of how it was taken. */
export const withExif = (drawn: Uint8Array, segment: Uint8Array): Uint8Array => {
  if (!isJpeg(drawn)) return drawn;
  const told = upright(segment);
  const made = new Uint8Array(drawn.length + told.length);
  made.set(drawn.subarray(0, 2));
  made.set(told, 2);
  made.set(drawn.subarray(2), 2 + told.length);
  return made;
};
