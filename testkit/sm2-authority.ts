import { randomBytes } from 'node:crypto';
import type { KeyPair } from '#kernel/crypto/crypto.ts';
import { derTag } from '#kernel/crypto/der.ts';
import { sm2Sign } from '#kernel/crypto/sm2.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';

const lengthOf = (body: Buffer): Buffer => {
  if (body.length < 0x80) return Buffer.of(body.length);
  return body.length < 0x100 ? Buffer.of(0x81, body.length) : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
};

/** Writes one DER value. */
export const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(body), body]);
};

const base128 = (arc: number): readonly number[] => {
  const digits = [arc & 0x7f];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
};

/** Writes an object identifier. */
export const derOidOf = (text: string): Buffer => {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(derTag.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
};

const natural = (bytes: Buffer): Buffer =>
  der(derTag.integer, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);

const sequence = (...parts: readonly Buffer[]): Buffer => der(derTag.sequence, ...parts);
const bits = (bytes: Buffer, unused = 0): Buffer => der(derTag.bitString, Buffer.of(unused), bytes);
const nameOf = (commonName: string): Buffer => {
  const part = (oid: string, tag: number, text: string): Buffer =>
    der(derTag.set, sequence(derOidOf(oid), der(tag, Buffer.from(text, 'utf8'))));
  return sequence(
    part('2.5.4.6', derTag.printableString, 'CN'),
    part('2.5.4.10', derTag.utf8String, '沪商监管（测试）'),
    part('2.5.4.3', derTag.utf8String, commonName),
  );
};
const utcTime = (at: Date): Buffer =>
  der(derTag.utcTime, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));

/** An extension as issued. */
export const extension = (oid: string, critical: boolean, value: Buffer): Buffer =>
  sequence(derOidOf(oid), ...(critical ? [der(derTag.boolean, Buffer.of(0xff))] : []), der(derTag.octetString, value));

/** Extensions that certificates are issued with. */
export const usual = {
  authority: (pathLength?: number): Buffer =>
    extension(
      '2.5.29.19',
      true,
      sequence(
        der(derTag.boolean, Buffer.of(0xff)),
        ...(pathLength === undefined ? [] : [der(derTag.integer, Buffer.of(pathLength))]),
      ),
    ),
  /** keyCertSign and cRLSign. */
  signsCertificates: extension('2.5.29.15', true, bits(Buffer.of(0x06), 1)),
  /** digitalSignature and nonRepudiation. */
  signs: extension('2.5.29.15', true, bits(Buffer.of(0xc0), 6)),
  /** keyEncipherment and dataEncipherment: the second certificate on a UKey. */
  enciphers: extension('2.5.29.15', true, bits(Buffer.of(0x30), 4)),
};

/** A certificate as PEM with the key it is for. */
export interface Issued extends KeyPair {
  readonly pem: string;
  readonly der: Buffer;
  readonly commonName: string;
}

/** What may differ of a certificate. Default: a person's signing certificate of 2026. */
export interface Wish {
  readonly commonName: string;
  readonly issuer?: Issued;
  readonly extensions?: readonly Buffer[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly keys?: KeyPair;
}

/** PEM text of a certificate. */
export const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;

const algorithm = sequence(derOidOf('1.2.156.10197.1.501'));

/** Issues a certificate: by the issuer given, or by itself. Everything a UKey of a person would hold. */
export const issueCertificate = async (wish: Wish): Promise<Issued> => {
  const keys = wish.keys ?? (await softwareCrypto(randomBytes(32)).newKeyPair());
  const signer = wish.issuer ?? { ...keys, commonName: wish.commonName };
  const signed = sequence(
    der(0xa0, der(derTag.integer, Buffer.of(2))),
    natural(Buffer.concat([Buffer.of(0x4a), randomBytes(8)])),
    algorithm,
    nameOf(signer.commonName),
    sequence(
      utcTime(wish.notBefore ?? new Date('2026-01-01T00:00:00Z')),
      utcTime(wish.notAfter ?? new Date('2028-01-01T00:00:00Z')),
    ),
    nameOf(wish.commonName),
    sequence(
      sequence(derOidOf('1.2.840.10045.2.1'), derOidOf('1.2.156.10197.1.301')),
      bits(Buffer.from(keys.publicKey, 'hex')),
    ),
    der(0xa3, sequence(...(wish.extensions ?? [usual.signs]))),
  );
  const whole = sequence(signed, algorithm, bits(sm2Sign(signer.privateKey, signed)));
  return { ...keys, pem: pemOf(whole), der: whole, commonName: wish.commonName };
};

/** A root authority, an authority below it, and one person's signing certificate. */
export const aChain = async () => {
  const root = await issueCertificate({
    commonName: '测试根证书',
    extensions: [usual.authority(), usual.signsCertificates],
  });
  const middle = await issueCertificate({
    commonName: '测试运营证书',
    issuer: root,
    extensions: [usual.authority(0), usual.signsCertificates],
  });
  const person = await issueCertificate({ commonName: '朱安演示', issuer: middle });
  return { root, middle, person };
};
