import type { z } from 'zod';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Source } from '#kernel/source/source.ts';

/**
 * One call of an offer. What it takes and answers are plain values, alike before and behind their schema: they may be carried to another process and back. Made once more it
 * changes nothing: whoever had no answer may ask again.
 */
export interface OfferCall<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly input: In;
  readonly output: Out;
  /** How long its answer is waited for, where it is more than a look; two seconds unless told. */
  readonly patienceSeconds?: number;
}

/** The calls of an offer by their names. */
export type OfferCalls = Readonly<Record<string, OfferCall>>;

/**
 * What one area does for others, said once: the area that offers it answers these calls, and the areas that need it make them, whether both run in
 * one process or not.
 */
export interface Offer<C extends OfferCalls = OfferCalls> {
  readonly id: string;
  /** What people call it where it does not answer. */
  readonly title: string;
  readonly source: Source;
  /** `one`: a single area offers it. `each`: every area that has a part in it. */
  readonly by: 'one' | 'each';
  readonly calls: C;
}

/**
 * The calls of an offer as functions, for who makes them and for who answers them. `on` is the connection of who asks: in the same process an answer
 * is read over it, so that a transaction needs no second one; nothing is written over it. Errors: throws {@link PeerAway} where the area does not answer.
 */
export type CallsOf<C extends OfferCalls> = {
  readonly [K in keyof C]: (input: z.output<C[K]['input']>, on?: Db | Tx) => Promise<z.output<C[K]['output']>>;
};

/** The calls of an {@link Offer}. */
export type CallsOn<O> = O extends Offer<infer C> ? CallsOf<C> : never;

/** An offer with what answers it. */
export interface Offering {
  readonly offer: Offer;
  readonly answers: CallsOf<OfferCalls>;
}

/** Declares one call. */
export const offerCall = <In extends z.ZodType, Out extends z.ZodType>(one: OfferCall<In, Out>): OfferCall<In, Out> =>
  Object.freeze(one);

/** Declares an offer; the value is frozen. */
export const offer = <const C extends OfferCalls>(one: Offer<C>): Offer<C> => Object.freeze(one);

/** Answers an offer. */
export const offering = <C extends OfferCalls>(one: Offer<C>, answers: CallsOf<C>): Offering => ({
  offer: one,
  // Each call is typed by the offer, and reached only through callers typed by the same.
  answers: answers as unknown as Offering['answers'],
});
