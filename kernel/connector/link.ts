import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { ensureKeyFile } from '#kernel/crypto/key-file.ts';

/** What two sides share to trust one another: who signs as whom, how signatures are made and checked, the key of sealed fields. */
export interface Link {
  /** The application id we sign under. */
  readonly appId: string;
  /** The application id the other side signs under. */
  readonly peerAppId: string;
  /** SM2 over a text, DER in base64. */
  sign(text: string): Promise<string>;
  verify(text: string, signature: string): Promise<boolean>;
  /** SM4 key of sealed fields, 16 bytes. */
  readonly sealKey: Uint8Array;
}

/** The application id we sign under everywhere. Source: domain 9. */
export const ourAppId = 'sww-supervision';

/** A link over a pair of keys in hex. */
export const linkOf = (
  crypto: Crypto,
  keys: {
    readonly privateKey: string;
    readonly peerPublicKey: string;
    readonly sealKey: string;
    readonly peerAppId: string;
  },
): Link => ({
  appId: ourAppId,
  peerAppId: keys.peerAppId,
  sign: (text) => crypto.signWith(keys.privateKey, Buffer.from(text, 'utf8')),
  verify: (text, signature) => crypto.verify(keys.peerPublicKey, Buffer.from(text, 'utf8'), signature),
  sealKey: Buffer.from(keys.sealKey, 'hex'),
});

const keyPairSchema = z.strictObject({
  privateKey: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string().regex(/^04[0-9a-f]{128}$/),
});
const linkKeysSchema = z.strictObject({
  ours: keyPairSchema,
  peer: keyPairSchema,
  sealKey: z.string().regex(/^[0-9a-f]{32}$/),
});

/** Both ends of a link on one machine: ours, the simulators', and the key of sealed fields. All hex. */
export type LinkKeys = z.output<typeof linkKeysSchema>;

const newLinkKeys = async (crypto: Pick<Crypto, 'newKeyPair'>): Promise<string> => {
  const [ours, peer] = [await crypto.newKeyPair(), await crypto.newKeyPair()];
  const keys: LinkKeys = {
    ours: { privateKey: ours.privateKey, publicKey: ours.publicKey },
    peer: { privateKey: peer.privateKey, publicKey: peer.publicKey },
    sealKey: randomBytes(16).toString('hex'),
  };
  return `${JSON.stringify(keys, null, 2)}\n`;
};

/**
 * The keys between this system and the bundled simulators, made on first use in `link-keys.json` of the data folder, readable by
 * its owner alone. With real outside systems each side keeps its own private key, and only public keys are exchanged.
 *
 * Errors: throws when the file is there but holds something else.
 */
export const ensureLinkKeys = async (dataDir: string, crypto: Pick<Crypto, 'newKeyPair'>): Promise<LinkKeys> =>
  linkKeysSchema.parse(JSON.parse(await ensureKeyFile(join(dataDir, 'link-keys.json'), () => newLinkKeys(crypto))));
