import type { Crypto } from './crypto.ts';

/** A keyed digest of a normalised value: equal values are found without being readable. Source: tender R55, domain 10.1. */
export const blindIndex = (crypto: Crypto, purpose: string, normalised: string): Promise<string> =>
  crypto.hmac(`blind-index:${purpose}`, normalised);
