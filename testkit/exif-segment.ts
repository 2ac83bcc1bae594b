const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const le16 = (value: number): number[] => [value & 255, value >> 8];
const le32 = (value: number): number[] => [...le16(value & 65_535), ...le16(value >>> 16)];
const be16 = (value: number): number[] => [value >> 8, value & 255];

const text = 2;
const short = 3;
const long = 4;
const fraction = 5;

/** An entry of a directory: its tag, its kind, how many there are, and the bytes of the value. */
type Entry = readonly [tag: number, kind: number, count: number, value: readonly number[]];

const textEntry = (tag: number, value: string): Entry => [tag, text, value.length + 1, ascii(`${value}\0`)];

/** A directory with the values that do not fit into it behind it. `at`: where it begins, counted from the TIFF header. */
const directory = (entries: readonly Entry[], at: number): number[] => {
  let free = at + 2 + entries.length * 12 + 4;
  const behind: number[] = [];
  const lines = [...entries]
    .sort(([one], [other]) => one - other)
    .flatMap(([tag, kind, count, value]) => {
      const head = [...le16(tag), ...le16(kind), ...le32(count)];
      if (value.length <= 4) return [...head, ...value, ...Array<number>(4 - value.length).fill(0)];
      const where = free;
      behind.push(...value);
      free += value.length;
      return [...head, ...le32(where)];
    });
  return [...le16(entries.length), ...lines, ...le32(0), ...behind];
};

/** Degrees, minutes and thousandths of seconds, as three fractions. */
const degrees = (value: number): number[] => {
  const whole = Math.floor(value);
  const minutes = Math.floor((value - whole) * 60);
  const seconds = Math.round((value - whole - minutes / 60) * 3_600_000);
  return [le32(whole), le32(1), le32(minutes), le32(1), le32(seconds), le32(1_000)].flat();
};

/** What a camera may tell beside the time. `offset`: of its clock, `+08:00`. */
export interface CameraTold {
  readonly make?: string;
  readonly model?: string;
  readonly software?: string;
  readonly offset?: string;
  /** North and east, in degrees. */
  readonly place?: readonly [number, number];
}

/**
 * The segment of a JPEG that tells how it was taken: by a phone held upright (orientation 6), at the given time of the phone's clock
 * (`yyyy:MM:dd HH:mm:ss`).
 */
export const exifSegment = (taken: string, { make, model, software, offset, place }: CameraTold = {}): Buffer => {
  const camera: Entry[] = [
    ...(make ? [textEntry(0x010f, make)] : []),
    ...(model ? [textEntry(0x0110, model)] : []),
    [0x0112, short, 1, le16(6)],
    ...(software ? [textEntry(0x0131, software)] : []),
  ];
  const moment = [textEntry(0x9003, taken), ...(offset ? [textEntry(0x9011, offset)] : [])];
  const where: Entry[] = place
    ? [textEntry(1, 'N'), [2, fraction, 3, degrees(place[0])], textEntry(3, 'E'), [4, fraction, 3, degrees(place[1])]]
    : [];
  const links = (exifAt: number, gpsAt: number): Entry[] => [
    ...camera,
    [0x8769, long, 1, le32(exifAt)],
    ...(place ? [[0x8825, long, 1, le32(gpsAt)] satisfies Entry] : []),
  ];
  const exifAt = 8 + directory(links(0, 0), 8).length;
  const exif = directory(moment, exifAt);
  const gpsAt = exifAt + exif.length;
  const first = directory(links(exifAt, gpsAt), 8);
  const data = [
    ...[...ascii('Exif'), 0, 0, ...ascii('II'), ...le16(42), ...le32(8)],
    ...first,
    ...exif,
    ...(place ? directory(where, gpsAt) : []),
  ];
  return Buffer.from([0xff, 0xe1, ...be16(data.length + 2), ...data]);
};

/** A JPEG as a camera gives it. */
export const asTaken = (jpeg: Buffer, taken: string, told?: CameraTold): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), exifSegment(taken, told), jpeg.subarray(2)]);
