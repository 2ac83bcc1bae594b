import { randomBytes } from 'node:crypto';
import type { KeyPair } from '#kernel/crypto/crypto.ts';
import { sm2Sign } from '#kernel/crypto/sm2.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import {
  certificateBody,
  derBitsOf,
  extension,
  pemOf,
  usualExtensions,
  wholeCertificate,
} from '#kernel/crypto/write-certificate.ts';

/** Extensions that certificates are issued with. */
export const usual = {
  ...usualExtensions,
  /** keyEncipherment and dataEncipherment: the second certificate on a UKey. */
  enciphers: extension('2.5.29.15', true, derBitsOf(Buffer.of(0x30), 4)),
};

const nameOf = (commonName: string) => ({ organisation: '沪商监管（测试）', commonName });

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

/** Issues a certificate: by the issuer given, or by itself. Everything a UKey of a person would hold. */
export const issueCertificate = async (wish: Wish): Promise<Issued> => {
  const keys = wish.keys ?? (await softwareCrypto(randomBytes(32)).newKeyPair());
  const signer = wish.issuer ?? { ...keys, commonName: wish.commonName };
  const body = certificateBody({
    serial: Buffer.concat([Buffer.of(0x4a), randomBytes(8)]),
    issuer: nameOf(signer.commonName),
    subject: nameOf(wish.commonName),
    notBefore: wish.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: wish.notAfter ?? new Date('2028-01-01T00:00:00Z'),
    publicKey: keys.publicKey,
    extensions: wish.extensions ?? [usual.signs],
  });
  const whole = wholeCertificate(body, sm2Sign(signer.privateKey, body));
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
