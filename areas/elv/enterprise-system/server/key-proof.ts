import { timingSafeEqual } from 'node:crypto';
import type { Crypto } from '#kernel/crypto/crypto.ts';

/** A text to be signed is good for this long: the private half lies on another machine, and the signature is carried over. Milliseconds. */
const validMs = 3_600_000;
const word = 'sww-key-proof';

const markOf = (crypto: Crypto, organisationId: string, until: number): Promise<string> =>
  crypto.hmac(word, JSON.stringify([organisationId, until]));

/** A text for the people of an enterprise to have signed by a key they register. Nothing is kept of it: it proves itself. */
export const newChallenge = async (
  crypto: Crypto,
  organisationId: string,
  now: Date,
): Promise<{ readonly text: string; readonly validUntil: string }> => {
  const until = now.getTime() + validMs;
  const text = `${word}:${organisationId}:${until}:${await markOf(crypto, organisationId, until)}`;
  return { text, validUntil: new Date(until).toISOString() };
};

const same = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a text is one we made for that enterprise and may still be signed. */
export const isOurChallenge = async (
  crypto: Crypto,
  text: string,
  organisationId: string,
  now: Date,
): Promise<boolean> => {
  const [stem, of, until, mark] = text.split(':');
  if (stem !== word || of !== organisationId || !/^\d{13}$/.test(until ?? '') || mark === undefined) return false;
  return Number(until) >= now.getTime() && same(mark, await markOf(crypto, organisationId, Number(until)));
};

/** Whether the private half of a key has signed the text; a signature that is none is not one. Source: tender R55 (5), T5.4. */
export const isProved = async (crypto: Crypto, publicKey: string, text: string, proof: string): Promise<boolean> => {
  const signature = proof.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]{80,120}={0,2}$/.test(signature)) return false;
  return crypto.verify(publicKey, Buffer.from(text, 'utf8'), signature);
};
