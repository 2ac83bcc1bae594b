import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { canonical } from './canonical.ts';

/**
 * The scheme of seals: SM3 over the canonical text, SM2 with SM3 and the default user id over that digest. Numbered, and inside the
 * signed text, so that nobody can pass off a seal of a weaker scheme. Chains without seals were scheme 1.
 */
export const sealScheme = 2;

/** How far one chain had come when it was sealed, and how far it had been sealed before. */
export interface SealedHead {
  readonly chain: string;
  readonly fromSeq: number;
  readonly fromDigest: string;
  readonly seq: number;
  readonly digest: string;
}

/** The server's signature over the heads of all chains that moved since the seal before; seals are a chain themselves. Source: tender R45. */
export interface Seal {
  readonly number: number;
  readonly scheme: number;
  /** ISO. */
  readonly at: string;
  readonly keyId: string;
  /** Digest of the seal before; 64 zeros for the first. */
  readonly prev: string;
  readonly heads: readonly SealedHead[];
  readonly digest: string;
  /** SM2 over the digest's hex text; DER, base64. */
  readonly signature: string;
}

/** What of a seal its digest and signature cover: everything but themselves. */
export const sealDigest = ({ number, scheme, at, keyId, prev, heads }: Omit<Seal, 'digest' | 'signature'>): string =>
  sm3Hex(
    canonical({
      number,
      scheme,
      at,
      keyId,
      prev,
      heads: heads.map((head) => [head.chain, head.fromSeq, head.fromDigest, head.seq, head.digest]),
    }),
  );

/** The id of a public key: the first 16 digits of its SM3. People compare the whole digest, see {@link keyFingerprint}. */
export const keyIdOf = (publicKey: string): string => keyFingerprint(publicKey).slice(0, 16);

/** SM3 of a public key in hex: what is written down when a system is taken over, and compared when an archive is checked. */
export const keyFingerprint = (publicKey: string): string => sm3Hex(Buffer.from(publicKey, 'hex'));
