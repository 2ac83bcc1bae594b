/** What a ZIP archive says of itself. */
export interface ZipInspection {
  readonly names: readonly string[];
  /** Sum of the sizes declared for its entries; unpackers are held to each declared size. */
  readonly unpackedBytes: number;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const endLength = 22;
const longestComment = 65_535;
const mostEntries = 2_000;
const zip64 = 0xffff_ffff;

const findEnd = (bytes: Buffer): number => {
  const from = Math.max(0, bytes.length - endLength - longestComment);
  for (let at = bytes.length - endLength; at >= from; at -= 1) if (bytes.readUInt32LE(at) === endOfDirectory) return at;
  return -1;
};

/**
 * Reads the central directory without unpacking anything. Undefined for what is no ZIP, or none we want to unpack: more than two thousand
 * entries, the 64-bit form, entries that hide their size.
 */
export const inspectZip = (bytes: Buffer): ZipInspection | undefined => {
  const end = bytes.length < endLength ? -1 : findEnd(bytes);
  if (end < 0) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > mostEntries || at === zip64) return undefined;
  const names: string[] = [];
  let unpackedBytes = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directoryEntry) return undefined;
    const packed = bytes.readUInt32LE(at + 20);
    const unpacked = bytes.readUInt32LE(at + 24);
    // An entry with content and no size would be unpacked without a bound.
    if (packed === zip64 || unpacked === zip64 || (unpacked === 0 && packed > 2)) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    unpackedBytes += unpacked;
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { names, unpackedBytes };
};
