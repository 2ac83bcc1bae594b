import { sm2 } from 'sm-crypto-v2';
import { isSignature, signatureFromRaw } from './signature-form.ts';

const options = { der: true, hash: true } as const;
const publicKeyShape = /^04[0-9a-f]{128}$/;

/** So many keys are kept ready. */
const mostReady = 200;

/** What was made of a key, made once; the one longest unused goes when there are too many. */
const keptReady = <T>(make: (key: string) => T): ((key: string) => T) => {
  const kept = new Map<string, T>();
  return (key) => {
    const ready = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, ready);
    const [oldest] = kept.size > mostReady ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return ready;
  };
};

/**
 * A public key with multiples of its point worked out, some 120 kB each: its signatures are checked in a quarter of the time from then
 * on, and working them out takes little more than one check. A wider window gains little and takes far more memory.
 */
const readyPublicKey = keptReady((publicKey) => sm2.precomputePublicKey(publicKey, 4));

/** The public key of a private key, which a signature covers; working it out takes as long as signing itself. */
const publicKeyOf = keptReady(sm2.getPublicKeyFromPrivateKey);

/** An SM2 signature with SM3 and the default user id 1234567812345678, in DER. Source: GM/T 0003.2, GM/T 0009. */
export const sm2Sign = (privateKey: string, data: Uint8Array): Buffer =>
  Buffer.from(sm2.doSignature(data, privateKey, { ...options, publicKey: publicKeyOf(privateKey) }), 'hex');

/**
 * Whether a DER signature over the data is the key's: SM2 with SM3 and the default user id. The public key is uncompressed hex with its leading 04. Never
 * throws: a key that is no point of the curve, numbers out of range and anything but strict DER are simply not a signature.
 */
export const sm2Verify = (publicKey: string, data: Uint8Array, signature: Uint8Array): boolean => {
  const der = Buffer.from(signature);
  if (!publicKeyShape.test(publicKey) || !isSignature(der)) return false;
  try {
    return sm2.doVerifySignature(data, der.toString('hex'), readyPublicKey(publicKey), options);
  } catch {
    return false;
  }
};

/** As {@link sm2Verify}, over a signature as hardware gives it: DER, or the two numbers r and s in 64 bytes; base64 either way. */
export const sm2VerifyEitherForm = (publicKey: string, data: Uint8Array, signature: string): boolean => {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return false;
  return sm2Verify(publicKey, data, bytes.length === 64 ? signatureFromRaw(bytes) : bytes);
};
