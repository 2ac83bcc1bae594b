import { createHmac, createSecretKey } from 'node:crypto';
import { type Crypto, indexPurpose, SealBroken } from './crypto.ts';
import { derive, firstRing, type KeyRing, type RingKey } from './key-ring.ts';
import { keyIdOf, openText, type PurposeKeys, sealText } from './sealed-text.ts';
import { newSm2Pair, sm2Sign, sm2Verify } from './sm2.ts';

/** Derived keys are kept: deriving costs more than their use. There are few roots and few labels. */
const keptKeys = (): ((key: RingKey, label: string) => PurposeKeys) => {
  const made = new Map<string, PurposeKeys>();
  return ({ id, root }, label) => {
    const name = `${id}:${label}`;
    const found = made.get(name);
    if (found) return found;
    const keys = {
      cipher: createSecretKey(derive(root, `cipher:${label}`).subarray(0, 16)),
      mac: createSecretKey(derive(root, `mac:${label}`)),
    };
    made.set(name, keys);
    return keys;
  };
};

/**
 * The software edition: SM2, SM3, HMAC-SM3 and SM4-CTR by the run time. Keys come from a ring, or are the first ones of a master key. Keyed
 * digests other than blind indexes stay under the first key for good. Not certified: for development and trial only, see docs/adr/0006.
 */
export const softwareCrypto = (keys: Buffer | KeyRing): Crypto => {
  const ring = Buffer.isBuffer(keys) ? firstRing(keys) : keys;
  const keysOf = keptKeys();
  const digest = (key: RingKey, purpose: string, data: string): string =>
    createHmac('sm3', keysOf(key, purpose).mac).update(data, 'utf8').digest('hex');
  const isIndex = (purpose: string): boolean => purpose.startsWith(`${indexPurpose}:`);
  return {
    certified: false,
    hmac: async (purpose, data) =>
      digest(isIndex(purpose) ? await ring.current(indexPurpose) : await ring.first(), purpose, data),
    hmacs: async (purpose, data) =>
      (isIndex(purpose) ? await ring.readable(indexPurpose) : [await ring.first()]).map((key) =>
        digest(key, purpose, data),
      ),
    seal: async (purpose, plain, place) => {
      const key = await ring.current(purpose);
      return sealText(keysOf(key, purpose), { keyId: key.id, purpose, place }, plain);
    },
    open: async (purpose, sealed, place) => {
      const keyId = keyIdOf(sealed);
      const key = await ring.find(purpose, keyId);
      if (!key) throw new SealBroken('sealed text of an unknown key');
      if (key.state === 'retired') throw new SealBroken('sealed text of a retired key');
      return openText(keysOf(key, purpose), { keyId, purpose, place }, sealed);
    },
    newKeyPair: async () => newSm2Pair(),
    signWith: async (privateKey, data) => sm2Sign(privateKey, data).toString('base64'),
    verify: async (publicKey, data, signature) => {
      const der = Buffer.from(signature, 'base64');
      return der.toString('base64') === signature && sm2Verify(publicKey, data, der);
    },
  };
};
