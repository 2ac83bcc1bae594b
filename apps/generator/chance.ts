import { sm3Hex } from '#kernel/crypto/sm3.ts';

/** Chance that comes out the same for the same lot. */
export interface Chance {
  /** From 0 to below 1. */
  draw(): number;
  below(limit: number): number;
  of<T>(some: readonly T[]): T;
  /** One of some, by how often each comes up. */
  weighted<T extends { readonly weight: number }>(some: readonly T[]): T;
  /** A stay of about so long: most near it, few three times as long, never negative. */
  about(median: number): number;
}

/** Chance by lot: a counter mixed by shifts and additions (sfc32), begun anywhere in 128 bits so that no two lots meet. Nothing is secret about it. */
export const chanceOf = (lot: string): Chance => {
  const digest = sm3Hex(lot);
  const word = (at: number): number => Number.parseInt(digest.slice(at * 8, at * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];
  const draw = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(draw() * limit);
  const of = <T>(some: readonly T[]): T => {
    const one = some[below(some.length)];
    if (one === undefined) throw new Error('drawn from nothing');
    return one;
  };
  return {
    draw,
    below,
    of,
    weighted: (some) => {
      let left = draw() * some.reduce((sum, { weight }) => sum + weight, 0);
      for (const one of some) {
        left -= one.weight;
        if (left < 0) return one;
      }
      return of(some);
    },
    about: (median) => median * Math.exp(0.7 * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())),
  };
};
