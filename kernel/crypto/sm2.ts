import { createECDH, createPrivateKey, createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto';
import { isSignature, signatureFromRaw } from './signature-form.ts';
import { sm3Stream } from './sm3.ts';

const publicKeyShape = /^04[0-9a-f]{128}$/;
const privateKeyShape = /^[0-9a-f]{64}$/;

/** A key pair in hex: private 64 digits, public 130 digits, uncompressed. */
export interface Sm2Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** So many keys are kept ready; one takes about a kilobyte. */
const mostReady = 1_000;

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

/** The algorithm of a key: an elliptic curve (1.2.840.10045.2.1) that is SM2's (1.2.156.10197.1.301). */
const algorithm = '301306072a8648ce3d020106082a811ccf5501822d';

/** A public key as the run time takes it: SubjectPublicKeyInfo. Errors: throws when it is no point of the curve. */
const importPublic = (publicKey: string): KeyObject =>
  createPublicKey({
    key: Buffer.from(`3059${algorithm}034200${publicKey}`, 'hex'),
    format: 'der',
    type: 'spki',
  });

/** A private key as the run time takes it: PKCS #8 around the form of RFC 5915, with its public key. */
const importPrivate = ({ privateKey, publicKey }: Sm2Pair): KeyObject =>
  createPrivateKey({
    key: Buffer.from(`308187020100${algorithm}046d306b0201010420${privateKey}a144034200${publicKey}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  });

/** Length in bits and text of the user id everybody uses who has none of their own. Source: GM/T 0009 7. */
const defaultUserId = `0080${Buffer.from('1234567812345678').toString('hex')}`;

/** a, b and the base point of the curve. Source: GM/T 0003.5 2. */
const curve = [
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc',
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93',
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7',
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
].join('');

/** What SM2 digests before the data, of whoever signs: user id, curve and public key. Source: GM/T 0003.2 5.5. */
const signerDigest = (publicKey: string): Buffer =>
  sm3Stream()
    .update(Buffer.from(`${defaultUserId}${curve}${publicKey.slice(2)}`, 'hex'))
    .digest();

/**
 * The run time's one-call `sign` and `verify` put a digest for an empty user id before the data and are refused by everybody else. Its `createSign`
 * and `createVerify` digest exactly what they are given and hand that to SM2, so the signer's digest is put before the data here. A Node that
 * did otherwise would be found out by the example of the standard, checked before the first key is used.
 */
const signedWith = (key: KeyObject, signer: Buffer, data: Uint8Array): Buffer =>
  createSign('sm3').update(signer).update(data).sign(key);

const checkedWith = (key: KeyObject, signer: Buffer, data: Uint8Array, signature: Buffer): boolean =>
  createVerify('sm3').update(signer).update(data).verify(key, signature);

/** The example of GM/T 0003.5 A.2 with the recommended curve: a signature over "message digest". */
const example = {
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  raw: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};

let proven = false;

const prove = (): void => {
  if (proven) return;
  const { publicKey, raw } = example;
  const signature = signatureFromRaw(Buffer.from(raw, 'hex'));
  proven = checkedWith(importPublic(publicKey), signerDigest(publicKey), Buffer.from('message digest'), signature);
  if (!proven) throw new Error('this Node does not know SM2 as GM/T 0003 has it');
};

interface Ready {
  readonly key: KeyObject;
  readonly signer: Buffer;
}

const readyPublicKey = keptReady((publicKey): Ready => {
  prove();
  return { key: importPublic(publicKey), signer: signerDigest(publicKey) };
});

const readyPrivateKey = keptReady((privateKey): Ready => {
  prove();
  const publicKey = sm2PublicKeyOf(privateKey);
  return { key: importPrivate({ privateKey, publicKey }), signer: signerDigest(publicKey) };
});

/** The public key of a private key. Errors: throws when that is none. */
export const sm2PublicKeyOf = (privateKey: string): string => {
  if (!privateKeyShape.test(privateKey)) throw new Error('an SM2 private key has 64 hex digits');
  const pair = createECDH('SM2');
  pair.setPrivateKey(privateKey, 'hex');
  return pair.getPublicKey('hex', 'uncompressed');
};

/** A new key pair, by the run time's own randomness. */
export const newSm2Pair = (): Sm2Pair => {
  const pair = createECDH('SM2');
  const publicKey = pair.generateKeys('hex', 'uncompressed');
  return { privateKey: pair.getPrivateKey('hex').padStart(64, '0'), publicKey };
};

/** An SM2 signature with SM3 and the default user id 1234567812345678, in DER. Source: GM/T 0003.2, GM/T 0009. */
export const sm2Sign = (privateKey: string, data: Uint8Array): Buffer => {
  const { key, signer } = readyPrivateKey(privateKey);
  return signedWith(key, signer, data);
};

/**
 * Whether a DER signature over the data is the key's: SM2 with SM3 and the default user id. The public key is uncompressed hex with its leading 04. A key
 * that is no point of the curve, numbers out of range and anything but strict DER are simply not a signature.
 */
export const sm2Verify = (publicKey: string, data: Uint8Array, signature: Uint8Array): boolean => {
  const der = Buffer.from(signature);
  if (!publicKeyShape.test(publicKey) || !isSignature(der)) return false;
  try {
    const { key, signer } = readyPublicKey(publicKey);
    return checkedWith(key, signer, data, der);
  } catch {
    prove();
    return false;
  }
};

/** As {@link sm2Verify}, over a signature as hardware gives it: DER, or the two numbers r and s in 64 bytes; base64 either way. */
export const sm2VerifyEitherForm = (publicKey: string, data: Uint8Array, signature: string): boolean => {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return false;
  return sm2Verify(publicKey, data, bytes.length === 64 ? signatureFromRaw(bytes) : bytes);
};
