import { sm3Stream } from '#kernel/crypto/sm3.ts';

const newLine = 10;

/** What has passed a meter. `lines`: ends of lines; a row of a copied table is one line, whatever it holds. */
export interface Metered {
  readonly bytes: number;
  readonly lines: number;
  readonly sm3: string;
}

/** Measures what is read through it. */
export class Meter {
  readonly #hash = sm3Stream();
  #bytes = 0;
  #lines = 0;

  /** Hands on what comes, unchanged. */
  async *through(source: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      // Streams of bytes give buffers; their types do not say so.
      const bytes = piece as Buffer;
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
      for (let at = bytes.indexOf(newLine); at >= 0; at = bytes.indexOf(newLine, at + 1)) this.#lines += 1;
      yield bytes;
    }
  }

  /** What has passed, once all has. */
  total(): Metered {
    return { bytes: this.#bytes, lines: this.#lines, sm3: this.#hash.digest('hex') };
  }
}

/** Reads something to its end for its measure alone. */
export const measured = async (source: AsyncIterable<unknown>): Promise<Metered> => {
  const meter = new Meter();
  for await (const _piece of meter.through(source));
  return meter.total();
};
