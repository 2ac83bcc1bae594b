import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { SealBroken } from './crypto.ts';

const scheme = 's1';
const macLength = 32;
const ivLength = 16;

/** Key objects, not bytes: making one of bytes at every use costs four times as much as the use. */
export interface PurposeKeys {
  readonly cipher: KeyObject;
  readonly mac: KeyObject;
}

/** What a seal is bound to. */
export interface SealBinding {
  readonly keyId: string;
  readonly purpose: string;
  readonly place: string;
}

/** Text that the authentication code covers: nothing of it can be changed or moved unnoticed. */
const covered = ({ keyId, purpose, place }: SealBinding, iv: Buffer, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${scheme}\n${keyId}\n${purpose}\n${place}\n`, 'utf8'), iv, body]);

/** How a text sealed under a key begins. */
export const sealMark = (keyId: string): string => `${scheme}.${keyId}.`;

/** The id of the key a text says it is sealed under. Errors: throws {@link SealBroken} for any scheme but ours. */
export const keyIdOf = (sealed: string): string => {
  const [of, keyId, text, ...rest] = sealed.split('.');
  if (of !== scheme || !keyId || text === undefined || rest.length > 0)
    throw new SealBroken('sealed text of an unknown scheme');
  return keyId;
};

/** SM4-CTR, then HMAC-SM3 over scheme, key, purpose, place, IV and ciphertext. */
export const sealText = (keys: PurposeKeys, binding: SealBinding, plain: Uint8Array): string => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('sm4-ctr', keys.cipher, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const mac = createHmac('sm3', keys.mac)
    .update(covered(binding, iv, body))
    .digest();
  return `${sealMark(binding.keyId)}${Buffer.concat([iv, mac, body]).toString('base64url')}`;
};

/** Opens what {@link sealText} made. Errors: throws {@link SealBroken}. */
export const openText = (keys: PurposeKeys, binding: SealBinding, sealed: string): Uint8Array => {
  const text = sealed.slice(sealMark(binding.keyId).length);
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < ivLength + macLength || bytes.toString('base64url') !== text)
    throw new SealBroken('sealed text is malformed');
  const iv = bytes.subarray(0, ivLength);
  const mac = bytes.subarray(ivLength, ivLength + macLength);
  const body = bytes.subarray(ivLength + macLength);
  const expected = createHmac('sm3', keys.mac)
    .update(covered(binding, iv, body))
    .digest();
  if (!timingSafeEqual(mac, expected)) throw new SealBroken('sealed text was altered or moved');
  const decipher = createDecipheriv('sm4-ctr', keys.cipher, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
};
