const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const le16 = (value: number): number[] => [value & 255, value >> 8];
const le32 = (value: number): number[] => [...le16(value & 65_535), ...le16(value >>> 16)];
const be16 = (value: number): number[] => [value >> 8, value & 255];

const short = 3;
const long = 4;
const text = 2;

/** One entry of a directory: tag, kind, count, and the value or where it stands. */
const entry = (tag: number, kind: number, count: number, value: number): number[] => [
  ...le16(tag),
  ...le16(kind),
  ...le32(count),
  ...le32(value),
];

/**
 * The segment of a JPEG that tells how it was taken: by a phone held upright (orientation 6), at the given time of the phone's clock
 * (`yyyy:MM:dd HH:mm:ss`).
 */
export const exifSegment = (taken: string): Buffer => {
  const time = ascii(`${taken}\0`);
  const first = [...le16(2), ...entry(0x0112, short, 1, 6), ...entry(0x8769, long, 1, 38), ...le32(0)];
  const second = [...le16(1), ...entry(0x9003, text, time.length, 56), ...le32(0)];
  const data = [...ascii('Exif'), 0, 0, ...ascii('II'), ...le16(42), ...le32(8), ...first, ...second, ...time];
  return Buffer.from([0xff, 0xe1, ...be16(data.length + 2), ...data]);
};
