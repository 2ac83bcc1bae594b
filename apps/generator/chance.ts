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

/** Chance by lot: a counter mixed by multiplications (mulberry32). Nothing is secret about it. */
export const chanceOf = (lot: string): Chance => {
  let state = Number.parseInt(sm3Hex(lot).slice(0, 8), 16);
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
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
