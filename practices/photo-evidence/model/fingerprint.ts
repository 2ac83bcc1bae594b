/** Bits of a band: a band is found by an index over whole numbers. */
const bandBits = 16;

/**
 * What a picture looks like, in bits that stay when it is compressed again, made smaller or brighter.
 * `bands`: the 64 coarse bits as four numbers of 16 bits, by which pictures are searched; `fine`: 256 bits as 64 hexadecimal digits, by which what
 * was found is judged. Source: domain 2.6 (照片元数据); pHash after Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010.
 */
export interface Fingerprint {
  readonly bands: readonly [number, number, number, number];
  readonly fine: string;
}

/**
 * Two pictures are looked at as nearly the same when at most so many of the 64 coarse bits differ, and at most {@link fineAtMost} of the 256 fine
 * ones. Measured, see ADR 0043: pictures compressed again, made smaller, brighter or written upon stay below; different pictures of one yard hardly ever do.
 */
export const coarseAtMost = 7;
/** See {@link coarseAtMost}. */
export const fineAtMost = 20;

const onesOf = (value: number): number => {
  let left = value;
  let ones = 0;
  while (left !== 0) {
    left &= left - 1;
    ones += 1;
  }
  return ones;
};

/** How many of the 64 coarse bits differ. */
export const coarseDistance = (one: Fingerprint['bands'], other: Fingerprint['bands']): number =>
  one.reduce((sum, band, at) => sum + onesOf(band ^ (other[at] ?? 0)), 0);

/** How many of the 256 fine bits differ. */
export const fineDistance = (one: string, other: string): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 4)
    sum += onesOf(Number.parseInt(one.slice(at, at + 4), 16) ^ Number.parseInt(other.slice(at, at + 4), 16));
  return sum;
};

/**
 * The values of a band that a near print may have in at least one of its four bands: the band itself and everything one bit away. Seven differing
 * bits over four bands leave some band with one at most, so that asking for these 17 values of each band finds every print within
 * {@link coarseAtMost}, and no search by bands can find fewer.
 */
export const probesOf = (band: number): readonly number[] => [
  band,
  ...Array.from({ length: bandBits }, (_, bit) => band ^ (1 << bit)),
];
