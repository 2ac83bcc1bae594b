import type { Fingerprint } from '../model/fingerprint.ts';

/** Fields a side that a picture is looked at in. */
export const side = 64;
/** Waves a side that are measured: enough for the fine print. */
const waves = 24;

/** How far brightness must swing, of 255, for a picture to be like another: a black or a white one is like every other. Assumption, from made-up pictures. */
const leastSwing = 4;

const cosines = Array.from({ length: waves }, (_, wave) =>
  Float64Array.from({ length: side }, (_, at) => Math.cos(((2 * at + 1) * wave * Math.PI) / (2 * side))),
);

/** How strong each wave is, by waves across and down: the first rows and columns of the discrete cosine transform. */
const strengths = (fields: Float64Array): readonly Float64Array[] => {
  const across = cosines.map((cosine) => {
    const column = new Float64Array(side);
    for (let y = 0; y < side; y += 1) {
      let sum = 0;
      for (let x = 0; x < side; x += 1) sum += (fields[y * side + x] ?? 0) * (cosine[x] ?? 0);
      column[y] = sum;
    }
    return column;
  });
  return cosines.map((cosine) =>
    Float64Array.from(across, (column) => column.reduce((sum, value, y) => sum + value * (cosine[y] ?? 0), 0)),
  );
};

/** The longest waves first, without the mean, which is brightness alone. */
const order = Array.from({ length: waves * waves }, (_, at) => ({ u: at % waves, v: Math.floor(at / waves) }))
  .filter(({ u, v }) => u + v > 0)
  .sort((one, other) => one.u + one.v - other.u - other.v || one.u - other.u);

/** A way a picture can lie: its waves across and down exchanged or not, and the odd ones of either turned over, which is what mirroring does to them. */
interface Lie {
  readonly exchanged: boolean;
  readonly across: 1 | -1;
  readonly down: 1 | -1;
}

/** As it is, then mirrored, turned, and turned and mirrored: there are no others with straight edges. */
const lies: readonly Lie[] = [false, true].flatMap((exchanged) =>
  ([1, -1] as const).flatMap((across) => ([1, -1] as const).map((down) => ({ exchanged, across, down }))),
);

/** How strong a wave of the picture is where it lies so: nothing needs to be measured anew. */
const strengthIn = (found: readonly Float64Array[], lie: Lie, u: number, v: number): number =>
  ((lie.exchanged ? found[u]?.[v] : found[v]?.[u]) ?? 0) *
  (u % 2 === 1 ? lie.across : 1) *
  (v % 2 === 1 ? lie.down : 1);

/** A bit for each of the longest waves: whether it is stronger than the middle one of them. */
const bitsOf = (found: readonly Float64Array[], lie: Lie, count: number): readonly boolean[] => {
  const chosen = order.slice(0, count).map(({ u, v }) => strengthIn(found, lie, u, v));
  const sorted = [...chosen].sort((one, other) => one - other);
  const middle = ((sorted[count / 2 - 1] ?? 0) + (sorted[count / 2] ?? 0)) / 2;
  return chosen.map((value) => value > middle);
};

const numberOf = (bits: readonly boolean[]): number => bits.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);

const printOf = (found: readonly Float64Array[], lie: Lie): Fingerprint => {
  const coarse = bitsOf(found, lie, 64);
  const fine = bitsOf(found, lie, 256);
  const band = (at: number): number => numberOf(coarse.filter((_, place) => place % 4 === at));
  return {
    bands: [band(0), band(1), band(2), band(3)],
    fine: Array.from({ length: 64 }, (_, at) => numberOf(fine.slice(at * 4, at * 4 + 4)).toString(16)).join(''),
  };
};

/** What a picture looks like, and what it would look like in the seven other ways it can lie. */
export interface Fingerprints {
  readonly fingerprint: Fingerprint;
  readonly turned: readonly Fingerprint[];
}

/**
 * What a picture looks like, from its brightness in {@link side} × {@link side} fields: a pHash, 64 bits of the longest waves and 256 of the longer. Null for a picture too plain to be
 * like another. Source: see {@link Fingerprint}.
 */
export const fingerprintsOf = (fields: Float64Array): Fingerprints | null => {
  const mean = fields.reduce((sum, value) => sum + value, 0) / fields.length;
  const swing = Math.sqrt(fields.reduce((sum, value) => sum + (value - mean) ** 2, 0) / fields.length);
  if (swing < leastSwing) return null;
  const found = strengths(fields);
  const [fingerprint, ...turned] = lies.map((lie) => printOf(found, lie));
  return fingerprint ? { fingerprint, turned } : null;
};
