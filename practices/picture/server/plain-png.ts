import { inflateSync } from 'node:zlib';

/** More is not unfolded, even where the size asks for it: 16 bits a colour of 48 million pixels. */
const mostUnfolded = 300_000_000;
/** A palette of 256 colours; nothing that is kept once is longer. */
const longestTable = 768;
/** What the picture and its camera need; profiles and compressed texts are left out, since they unfold without bound. */
const kept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'tEXt', 'eXIf']);
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Adam7: where each pass begins, and its steps, across and down. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Chunk {
  readonly kind: string;
  readonly data: Buffer;
  /** With its length, kind and check sum. */
  readonly whole: Buffer;
}

const chunksOf = (png: Buffer): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 12 <= png.length) {
    const end = at + 12 + png.readUInt32BE(at);
    if (end > png.length) break;
    const kind = png.toString('latin1', at + 4, at + 8);
    chunks.push({ kind, data: png.subarray(at + 8, end - 4), whole: png.subarray(at, end) });
    if (kind === 'IEND') return chunks;
    at = end;
  }
  throw new RangeError('a PNG without its end');
};

/** The bytes that rows of such a size unfold to, each with the filter's byte before it. */
const unfoldedLength = (header: Buffer): number => {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bits = (header[8] ?? 0) * (channelsOf[header[9] ?? -1] ?? Number.NaN);
  const rows = (across: number, down: number): number =>
    across > 0 && down > 0 ? down * (Math.ceil((across * bits) / 8) + 1) : 0;
  if (header[12] !== 1) return rows(width, height);
  return passes.reduce(
    (sum, [x, y, stepX, stepY]) => sum + rows(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
};

/** Errors: throws when the picture's data unfold to anything but the rows its header declares. */
const unfoldsAsDeclared = (header: Buffer, data: readonly Buffer[]): void => {
  const length = unfoldedLength(header);
  if (!(length <= mostUnfolded)) throw new RangeError('a PNG that unfolds beyond all measure');
  const unfolded = inflateSync(Buffer.concat(data), { maxOutputLength: length, chunkSize: 262_144 });
  if (unfolded.length !== length) throw new RangeError('a PNG with rows missing');
};

/**
 * A PNG with nothing in it but what its pixels and its camera say, whose data were unfolded once within the bounds of its size: decoders
 * unfold without bound whatever they are given. The declared size itself must have been judged before. Errors: throws when the file is broken or a
 * bomb. Source: PNG (third edition), 5.6 and 11.
 */
export const plainPng = (bytes: Uint8Array): Uint8Array => {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all = chunksOf(png);
  const header = all[0]?.kind === 'IHDR' && all[0].data.length === 13 ? all[0].data : null;
  if (!header) throw new RangeError('a PNG without its header');
  const indexed = header[9] === 3;
  const chunks = all.filter(({ kind }) => kept.has(kind) && (kind !== 'PLTE' || indexed));
  for (const once of ['IHDR', 'PLTE', 'tRNS']) {
    const [first, second] = chunks.filter(({ kind }) => kind === once);
    // A second one would be taken for true by decoders, though the first was judged.
    if (second || (first && first.data.length > longestTable)) throw new RangeError(`a PNG with too much ${once}`);
  }
  unfoldsAsDeclared(
    header,
    chunks.filter(({ kind }) => kind === 'IDAT').map(({ data }) => data),
  );
  return Buffer.concat([png.subarray(0, 8), ...chunks.map(({ whole }) => whole)]);
};
