/** Codes of one Huffman table by the next sixteen bits: length in the upper, symbol in the lower byte; zero where no code stands. */
export type CodeTable = Uint16Array;

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantisation: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/** A sequential JPEG as far as its first scan, with what is needed to read that. */
export interface JpegHeader {
  readonly frame: Frame;
  /** The first steps of each quantisation table: what the mean of a block is counted in, and what its quarters differ by. */
  readonly steps: ReadonlyMap<number, readonly number[]>;
  readonly tables: ReadonlyMap<number, CodeTable>;
  readonly restartEvery: number;
  /** Components of the scan in their order, each with its tables of means and of the rest. */
  readonly scanned: readonly { readonly component: Component; readonly means: number; readonly rest: number }[];
  /** Where the coded blocks begin. */
  readonly from: number;
}

const tableOf = (bytes: Uint8Array, from: number): { readonly table: CodeTable; readonly end: number } => {
  const table = new Uint16Array(65_536);
  let symbolAt = from + 16;
  let code = 0;
  for (let length = 1; length <= 16; length += 1) {
    for (let count = bytes[from + length - 1] ?? 0; count > 0; count -= 1) {
      const first = code << (16 - length);
      table.fill((length << 8) | (bytes[symbolAt] ?? 0), first, first + (1 << (16 - length)));
      symbolAt += 1;
      code += 1;
    }
    code <<= 1;
  }
  return { table, end: symbolAt };
};

const frameOf = (bytes: Uint8Array, at: number): Frame => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const components = Array.from({ length: bytes[at + 5] ?? 0 }, (_, index) => {
    const from = at + 6 + index * 3;
    const sampling = bytes[from + 1] ?? 0;
    return { id: bytes[from] ?? 0, across: sampling >> 4, down: sampling & 15, quantisation: bytes[from + 2] ?? 0 };
  });
  return { height: view.getUint16(at + 1), width: view.getUint16(at + 3), components };
};

/** Places in a block's order of the waves that are kept: none, once across, once down, once in both. */
const keptPlaces = [0, 1, 2, 4] as const;

const stepsOf = (bytes: Uint8Array, from: number, end: number, steps: Map<number, readonly number[]>): void => {
  let at = from;
  while (at < end) {
    const head = bytes[at] ?? 0;
    const wide = head >> 4 !== 0;
    const stepAt = (place: number): number =>
      wide ? ((bytes[at + 1 + 2 * place] ?? 0) << 8) | (bytes[at + 2 + 2 * place] ?? 0) : (bytes[at + 1 + place] ?? 0);
    steps.set(head & 15, keptPlaces.map(stepAt));
    at += 1 + (wide ? 128 : 64);
  }
};

const scanOf = (bytes: Uint8Array, at: number, { components }: Frame): JpegHeader['scanned'] =>
  Array.from({ length: bytes[at] ?? 0 }, (_, index) => {
    const component = components.find(({ id }) => id === bytes[at + 1 + index * 2]);
    const tables = bytes[at + 2 + index * 2] ?? 0;
    if (!component) throw new RangeError('a scan of an unknown component');
    return { component, means: tables >> 4, rest: 16 + (tables & 15) };
  });

/** Baseline and extended sequential JPEG, whose blocks come whole. */
const sequential = new Set([0xc0, 0xc1]);

/** Walks the segments; null where the picture is not of the kind that is read here. */
export const jpegHeaderOf = (bytes: Uint8Array): JpegHeader | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const steps = new Map<number, readonly number[]>();
  const tables = new Map<number, CodeTable>();
  let frame: Frame | undefined;
  let restartEvery = 0;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    const from = at + 4;
    if (sequential.has(marker)) frame = frameOf(bytes, from);
    else if (marker >= 0xc2 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return null;
    else if (marker === 0xdb) stepsOf(bytes, from, end, steps);
    else if (marker === 0xdd) restartEvery = view.getUint16(from);
    // Colours that are not luminance first, or four of them.
    else if (marker === 0xee && bytes[from + 11] !== 1 && bytes[from] === 0x41) return null;
    else if (marker === 0xc4) {
      for (let next = from; next < end; ) {
        const head = bytes[next] ?? 0;
        const { table, end: after } = tableOf(bytes, next + 1);
        tables.set((head >> 4) * 16 + (head & 15), table);
        next = after;
      }
    } else if (marker === 0xda)
      return frame ? { frame, steps, tables, restartEvery, scanned: scanOf(bytes, from, frame), from: end } : null;
    at = end;
  }
  return null;
};
