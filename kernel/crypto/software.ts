import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { type Crypto, type KeyPurpose, SealBroken } from './crypto.ts';
import { sm2Sign, sm2Verify } from './sm2.ts';

const version = 's1';
const macLength = 32;
const ivLength = 16;

/** Key objects, not bytes: making one of bytes at every use costs four times as much as the use. */
interface PurposeKeys {
  readonly cipher: KeyObject;
  readonly mac: KeyObject;
}

const derive = (master: Buffer, label: string): Buffer => createHmac('sm3', master).update(label, 'utf8').digest();

/** Text that the authentication code covers: nothing of it can be changed or moved unnoticed. */
const covered = (keyId: string, purpose: string, place: string, iv: Buffer, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${version}\n${keyId}\n${purpose}\n${place}\n`, 'utf8'), iv, body]);

const keysOver = (master: Buffer): ((purpose: string) => PurposeKeys) => {
  const made = new Map<string, PurposeKeys>();
  return (purpose) => {
    const found = made.get(purpose);
    if (found) return found;
    const keys = {
      cipher: createSecretKey(derive(master, `cipher:${purpose}`).subarray(0, 16)),
      mac: createSecretKey(derive(master, `mac:${purpose}`)),
    };
    made.set(purpose, keys);
    return keys;
  };
};

const seal = (keys: PurposeKeys, keyId: string, purpose: KeyPurpose, plain: Uint8Array, place: string): string => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('sm4-ctr', keys.cipher, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const mac = createHmac('sm3', keys.mac)
    .update(covered(keyId, purpose, place, iv, body))
    .digest();
  return `${version}.${keyId}.${Buffer.concat([iv, mac, body]).toString('base64url')}`;
};

const open = (keys: PurposeKeys, keyId: string, purpose: KeyPurpose, sealed: string, place: string): Uint8Array => {
  const [of, key, text, ...rest] = sealed.split('.');
  if (of !== version || key !== keyId || text === undefined || rest.length > 0)
    throw new SealBroken('sealed text of an unknown version or key');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < ivLength + macLength || bytes.toString('base64url') !== text)
    throw new SealBroken('sealed text is malformed');
  const iv = bytes.subarray(0, ivLength);
  const mac = bytes.subarray(ivLength, ivLength + macLength);
  const body = bytes.subarray(ivLength + macLength);
  const expected = createHmac('sm3', keys.mac)
    .update(covered(keyId, purpose, place, iv, body))
    .digest();
  if (!timingSafeEqual(mac, expected)) throw new SealBroken('sealed text was altered or moved');
  const decipher = createDecipheriv('sm4-ctr', keys.cipher, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
};

/**
 * The software edition: SM3, HMAC-SM3 and SM4-CTR by the run time, SM2 by sm-crypto-v2. Purpose keys are derived from the master
 * key by HMAC-SM3 over their label. Not certified: for development and trial only, see docs/adr/0006.
 */
export const softwareCrypto = (masterKey: Buffer): Crypto => {
  if (masterKey.length !== 32) throw new Error('the master key must have 32 bytes');
  const keyId = derive(masterKey, 'key-id').subarray(0, 4).toString('hex');
  const keys = keysOver(masterKey);
  return {
    certified: false,
    hmac: async (purpose, data) => createHmac('sm3', keys(purpose).mac).update(data, 'utf8').digest('hex'),
    seal: async (purpose, plain, place) => seal(keys(purpose), keyId, purpose, plain, place),
    open: async (purpose, sealed, place) => open(keys(purpose), keyId, purpose, sealed, place),
    newKeyPair: async () => sm2.generateKeyPairHex(),
    signWith: async (privateKey, data) => sm2Sign(privateKey, data).toString('base64'),
    verify: async (publicKey, data, signature) => {
      const der = Buffer.from(signature, 'base64');
      return der.toString('base64') === signature && sm2Verify(publicKey, data, der);
    },
  };
};
