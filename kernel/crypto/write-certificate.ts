import { derTag } from './der.ts';

const lengthOf = (body: Buffer): Buffer => {
  if (body.length < 0x80) return Buffer.of(body.length);
  return body.length < 0x100 ? Buffer.of(0x81, body.length) : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
};

/** Writes one DER value, of less than 64 KiB. */
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

/** Writes a bit string; the last `unused` bits do not count. */
export const derBitsOf = (bytes: Buffer, unused = 0): Buffer => der(derTag.bitString, Buffer.of(unused), bytes);

/** Whom a certificate names. */
export interface CertificateName {
  readonly organisation: string;
  readonly commonName: string;
}

const nameOf = ({ organisation, commonName }: CertificateName): Buffer => {
  const part = (oid: string, tag: number, text: string): Buffer =>
    der(derTag.set, sequence(derOidOf(oid), der(tag, Buffer.from(text, 'utf8'))));
  return sequence(
    part('2.5.4.6', derTag.printableString, 'CN'),
    part('2.5.4.10', derTag.utf8String, organisation),
    part('2.5.4.3', derTag.utf8String, commonName),
  );
};

/** Times until 2049, as RFC 5280 4.1.2.5 wants them; to the second. */
const utcTime = (at: Date): Buffer =>
  der(derTag.utcTime, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));

/** An extension as issued. */
export const extension = (oid: string, critical: boolean, value: Buffer): Buffer =>
  sequence(derOidOf(oid), ...(critical ? [der(derTag.boolean, Buffer.of(0xff))] : []), der(derTag.octetString, value));

/** Extensions that certificates are issued with. */
export const usualExtensions = {
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
  signsCertificates: extension('2.5.29.15', true, derBitsOf(Buffer.of(0x06), 1)),
  /** digitalSignature and nonRepudiation. */
  signs: extension('2.5.29.15', true, derBitsOf(Buffer.of(0xc0), 6)),
};

/** What a certificate says. */
export interface CertificateWish {
  /** At most 20 bytes, the first of them neither 0 nor above 0x7f. */
  readonly serial: Buffer;
  readonly issuer: CertificateName;
  readonly subject: CertificateName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Uncompressed, hex, with its leading 04. */
  readonly publicKey: string;
  readonly extensions: readonly Buffer[];
}

const algorithm = sequence(derOidOf('1.2.156.10197.1.501'));

/** The part of an SM2 certificate that its issuer signs. Source: GM/T 0015, RFC 5280 4.1. */
export const certificateBody = (wish: CertificateWish): Buffer =>
  sequence(
    der(0xa0, der(derTag.integer, Buffer.of(2))),
    natural(wish.serial),
    algorithm,
    nameOf(wish.issuer),
    sequence(utcTime(wish.notBefore), utcTime(wish.notAfter)),
    nameOf(wish.subject),
    sequence(
      sequence(derOidOf('1.2.840.10045.2.1'), derOidOf('1.2.156.10197.1.301')),
      derBitsOf(Buffer.from(wish.publicKey, 'hex')),
    ),
    der(0xa3, sequence(...wish.extensions)),
  );

/** The certificate: its body with the issuer's signature (DER). */
export const wholeCertificate = (body: Buffer, signature: Buffer): Buffer =>
  sequence(body, algorithm, derBitsOf(signature));

/** A certificate as people send it. */
export const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
