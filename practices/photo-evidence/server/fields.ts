import type { Plane } from '#practices/picture/server/reduced-jpeg.ts';

/** The mean over a stretch that begins and ends anywhere, of rows or of columns. */
const cover = (from: number, to: number, size: number): readonly (readonly [at: number, weight: number])[] => {
  const parts: [number, number][] = [];
  for (let at = Math.floor(from); at < Math.min(Math.ceil(to), size); at += 1)
    parts.push([at, (Math.min(at + 1, to) - Math.max(at, from)) / (to - from)]);
  return parts;
};

/** A picture as a square of so many fields a side, each the mean of what lies in it; row by row. */
export const inFields = ({ width, height, stride, values }: Plane, side: number): Float64Array => {
  const rows = Math.floor(values.length / stride);
  const across = Array.from({ length: side }, (_, at) => cover((at * width) / side, ((at + 1) * width) / side, stride));
  const narrow = new Float64Array(rows * side);
  for (let y = 0; y < rows; y += 1)
    for (const [x, parts] of across.entries()) {
      let sum = 0;
      for (const [at, weight] of parts) sum += (values[y * stride + at] ?? 0) * weight;
      narrow[y * side + x] = sum;
    }
  const fields = new Float64Array(side * side);
  for (let y = 0; y < side; y += 1)
    for (const [at, weight] of cover((y * height) / side, ((y + 1) * height) / side, rows))
      for (let x = 0; x < side; x += 1)
        fields[y * side + x] = (fields[y * side + x] ?? 0) + (narrow[at * side + x] ?? 0) * weight;
  return fields;
};

/**
 * A square of fields the way up a viewer shows the picture. `orientation` is EXIF's, 1 to 8: the fields are turned, so that a copy which was turned while it was drawn anew
 * looks the same.
 */
export const upright = (fields: Float64Array, side: number, orientation: number): Float64Array => {
  const last = side - 1;
  const place: (x: number, y: number) => readonly [number, number] =
    {
      2: (x: number, y: number) => [last - x, y] as const,
      3: (x: number, y: number) => [last - x, last - y] as const,
      4: (x: number, y: number) => [x, last - y] as const,
      5: (x: number, y: number) => [y, x] as const,
      6: (x: number, y: number) => [y, last - x] as const,
      7: (x: number, y: number) => [last - y, last - x] as const,
      8: (x: number, y: number) => [last - y, x] as const,
    }[orientation] ?? ((x, y) => [x, y]);
  return fields.map((_, at) => {
    const [x, y] = place(at % side, Math.floor(at / side));
    return fields[y * side + x] ?? 0;
  });
};
