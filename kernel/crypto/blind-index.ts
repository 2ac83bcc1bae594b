import { type Crypto, indexPurpose } from './crypto.ts';

/** A keyed digest of a normalised value: equal values are found without being readable. Source: tender R55, domain 10.1. */
export const blindIndex = (crypto: Crypto, purpose: string, normalised: string): Promise<string> =>
  crypto.hmac(`${indexPurpose}:${purpose}`, normalised);

/** Every digest a row of that value may stand under now: more than one while keys are being renewed. */
export const blindIndexes = (crypto: Crypto, purpose: string, normalised: string): Promise<readonly string[]> =>
  crypto.hmacs(`${indexPurpose}:${purpose}`, normalised);
