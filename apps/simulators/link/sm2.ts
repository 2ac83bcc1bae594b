import { sm2, sm3 } from 'sm-crypto-v2';

/** An SM2 key pair in hex: private 64 digits, public 130 digits beginning with 04. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** SM3 of bytes, in hex. */
export const sm3Hex = (bytes: Uint8Array): string => sm3(bytes);

/** The base64 of the DER SM2 signature over a text, with the standard user id. */
export const signText = (text: string, keys: KeyPair): string =>
  Buffer.from(
    sm2.doSignature(Buffer.from(text), keys.privateKey, { hash: true, der: true, publicKey: keys.publicKey }),
    'hex',
  ).toString('base64');

/** Checks signatures of one public key; DER and the bare 64 bytes are both taken. */
export const verifierOf = (publicKey: string): ((text: string, signature: string) => boolean) => {
  const point = sm2.precomputePublicKey(publicKey);
  return (text, signature) => {
    const bytes = Buffer.from(signature, 'base64');
    if (bytes.length < 64 || bytes.length > 80) return false;
    try {
      const digest = sm2.getHash(Buffer.from(text), publicKey);
      return sm2.doVerifySignature(Buffer.from(digest, 'hex'), bytes.toString('hex'), point, {
        der: bytes.length !== 64,
      });
    } catch {
      // Bytes that are no signature at all make the library throw; to the caller they are simply a wrong signature.
      return false;
    }
  };
};
