/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The one range a request asks for of so many bytes; undefined for the whole, also where several are asked for or the header says nothing understood;
 * 'beyond' where there is nothing there. Source: RFC 9110, 14.
 */
export const rangeIn = (header: string | undefined, size: number): ByteRange | 'beyond' | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return from >= size || to < from ? 'beyond' : { from, to };
};

/** Of a stream the bytes of a range; what stands before is read and let go, what stands behind is not read. */
export async function* within(stream: AsyncIterable<Uint8Array>, { from, to }: ByteRange): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of stream) {
    const [begin, end] = [Math.max(0, from - at), Math.min(piece.byteLength, to + 1 - at)];
    if (begin < end) yield piece.subarray(begin, end);
    at += piece.byteLength;
    if (at > to) return;
  }
}
