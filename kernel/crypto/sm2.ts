import { sm2 } from 'sm-crypto-v2';
import { isSignature, signatureFromRaw } from './signature-form.ts';

const options = { der: true, hash: true } as const;
const publicKeyShape = /^04[0-9a-f]{128}$/;

/** An SM2 signature with SM3 and the default user id 1234567812345678, in DER. Source: GM/T 0003.2, GM/T 0009. */
export const sm2Sign = (privateKey: string, data: Uint8Array): Buffer =>
  Buffer.from(sm2.doSignature(data, privateKey, options), 'hex');

/**
 * Whether a DER signature over the data is the key's: SM2 with SM3 and the default user id. The public key is uncompressed hex with its leading 04. Never
 * throws: a key that is no point of the curve, numbers out of range and anything but strict DER are simply not a signature.
 */
export const sm2Verify = (publicKey: string, data: Uint8Array, signature: Uint8Array): boolean => {
  const der = Buffer.from(signature);
  if (!publicKeyShape.test(publicKey) || !isSignature(der)) return false;
  try {
    return sm2.doVerifySignature(data, der.toString('hex'), publicKey, options);
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
