import type { Luminance } from './luminance.ts';

/** Codes of one Huffman table by the next sixteen bits: length in the upper, symbol in the lower byte; zero where no code stands. */
type CodeTable = Uint16Array;

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
interface Header {
  readonly frame: Frame;
  /** The first step of each quantisation table: what the mean of a block is counted in. */
  readonly steps: ReadonlyMap<number, number>;
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

const stepsOf = (bytes: Uint8Array, from: number, end: number, steps: Map<number, number>): void => {
  let at = from;
  while (at < end) {
    const head = bytes[at] ?? 0;
    const wide = head >> 4 !== 0;
    steps.set(head & 15, wide ? ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0) : (bytes[at + 1] ?? 0));
    at += 1 + (wide ? 128 : 64);
  }
};

const scanOf = (bytes: Uint8Array, at: number, { components }: Frame): Header['scanned'] =>
  Array.from({ length: bytes[at] ?? 0 }, (_, index) => {
    const component = components.find(({ id }) => id === bytes[at + 1 + index * 2]);
    const tables = bytes[at + 2 + index * 2] ?? 0;
    if (!component) throw new RangeError('a scan of an unknown component');
    return { component, means: tables >> 4, rest: 16 + (tables & 15) };
  });

/** Baseline and extended sequential JPEG, whose blocks come whole. */
const sequential = new Set([0xc0, 0xc1]);

/** Walks the segments; null where the picture is not of the kind that is read here. */
const headerOf = (bytes: Uint8Array): Header | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const steps = new Map<number, number>();
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

/** Bits of coded blocks, without the zero after each 0xff, up to the next marker, from where on they are zero. */
const bitsFrom = (bytes: Uint8Array, start: number) => {
  let at = start;
  let held = 0;
  let count = 0;
  const fill = (): void => {
    while (count <= 16) {
      let next = bytes[at] ?? 0;
      if (next === 0xff) {
        if (bytes[at + 1] === 0) at += 2;
        else next = 0;
      } else at += 1;
      held = (held << 8) | next;
      count += 8;
    }
  };
  return {
    /** The symbol of the next code. */
    symbol: (table: CodeTable): number => {
      fill();
      const found = table[(held >>> (count - 16)) & 0xffff] ?? 0;
      if (found === 0) throw new RangeError('no such code');
      count -= found >> 8;
      return found & 255;
    },
    /** The next bits as a number. */
    take: (width: number): number => {
      if (width === 0) return 0;
      fill();
      count -= width;
      return (held >>> count) & ((1 << width) - 1);
    },
    /** Goes on behind the next restart marker. */
    restart: (): void => {
      held = 0;
      count = 0;
      while (at < bytes.length && !(bytes[at] === 0xff && (bytes[at + 1] ?? 0) >= 0xd0 && (bytes[at + 1] ?? 0) <= 0xd7))
        at += 1;
      at += 2;
    },
  };
};

type Bits = ReturnType<typeof bitsFrom>;

/** Passes over what is told of a block beside its mean. */
const passRest = (bits: Bits, table: CodeTable): void => {
  for (let place = 1; place < 64; place += 1) {
    const symbol = bits.symbol(table);
    const width = symbol & 15;
    if (width === 0 && symbol !== 0xf0) return;
    place += symbol >> 4;
    bits.take(width);
  }
};

const extended = (value: number, width: number): number =>
  width > 0 && value < 1 << (width - 1) ? value - (1 << width) + 1 : value;

const tableNamed = ({ tables }: Header, id: number): CodeTable => {
  const table = tables.get(id);
  if (!table) throw new RangeError('a scan without its table');
  return table;
};

/** The means of all luminance blocks, block by block in rows. */
const meansOf = (bytes: Uint8Array, header: Header): Luminance => {
  const { frame, scanned, restartEvery } = header;
  const [first] = frame.components;
  const luminance = scanned[0]?.component;
  if (!first || luminance !== first) throw new RangeError('a scan that does not begin with the luminance');
  const single = scanned.length === 1;
  const most = {
    across: Math.max(...frame.components.map(({ across }) => across)),
    down: Math.max(...frame.components.map(({ down }) => down)),
  };
  const width = Math.ceil((frame.width * first.across) / most.across / 8);
  const height = Math.ceil((frame.height * first.down) / most.down / 8);
  // A scan of one component holds its blocks one by one; else they come in units of all components.
  const unit = single ? { across: 1, down: 1 } : first;
  const unitsAcross = Math.ceil(width / unit.across);
  const units = unitsAcross * Math.ceil(height / unit.down);
  const step = (header.steps.get(first.quantisation) ?? 1) / 8;
  const parts = scanned.map(({ component, means, rest }) => ({
    blocks: single ? 1 : component.across * component.down,
    means: tableNamed(header, means),
    rest: tableNamed(header, rest),
    last: 0,
  }));
  const values = new Float32Array(width * height);
  const bits = bitsFrom(bytes, header.from);
  for (let at = 0; at < units; at += 1) {
    if (restartEvery > 0 && at > 0 && at % restartEvery === 0) {
      bits.restart();
      for (const part of parts) part.last = 0;
    }
    for (const [index, part] of parts.entries()) {
      for (let block = 0; block < part.blocks; block += 1) {
        const size = bits.symbol(part.means);
        part.last += extended(bits.take(size), size);
        passRest(bits, part.rest);
        if (index > 0) continue;
        const x = (at % unitsAcross) * unit.across + (block % unit.across);
        const y = Math.floor(at / unitsAcross) * unit.down + Math.floor(block / unit.across);
        if (x < width && y < height) values[y * width + x] = part.last * step + 128;
      }
    }
  }
  return { width: frame.width / 8, height: frame.height / 8, stride: width, values };
};

/**
 * The luminance of a JPEG at an eighth of its size, read from the means its blocks begin with: nothing else is decoded, which is ten times as fast and
 * needs a hundredth of the memory. Null for the JPEGs that are not read so: progressive ones, and those without luminance.
 * Errors: throws RangeError when the file is broken. Source: ITU-T T.81.
 */
export const jpegLuminance = (bytes: Uint8Array): Luminance | null => {
  const header = headerOf(bytes);
  return header && meansOf(bytes, header);
};
