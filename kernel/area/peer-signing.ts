import { randomBytes } from 'node:crypto';
import { isTimely, signedText, timestampOf } from '#kernel/connector/signed-text.ts';
import type { SignatureHeader } from '#kernel/contract/signature.ts';
import type { KnownCaller, SignedDoorParts } from '#kernel/contract/signed-door.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** Under whose name the key is kept that processes of one installation sign their calls with. */
const keyOwner = 'system:peer';
/** What a process calls itself at another's door. */
const appId = 'peer';

/** What signing and judging calls between processes work with. */
export interface PeerKeyParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
}

/** A question as it is sent, with what its answer is judged by. */
export interface SignedQuestion {
  readonly headers: Readonly<Record<SignatureHeader, string>>;
  /** The key of the installation: who answers signs with the same. */
  readonly publicKey: string;
}

/** The headers of a signed call. */
export const signedQuestion = async (
  { db, clock, signer }: PeerKeyParts,
  call: { readonly url: string; readonly body: Uint8Array },
): Promise<SignedQuestion> => {
  const signed = {
    method: 'POST',
    timestamp: timestampOf(clock.now()),
    nonce: randomBytes(16).toString('hex'),
    ...call,
  };
  const { signature, publicKey } = await signer.sign(db, keyOwner, signedText(signed));
  return {
    headers: {
      'x-app-id': appId,
      'x-timestamp': signed.timestamp,
      'x-nonce': signed.nonce,
      'x-content-sm3': sm3Hex(call.body),
      'x-signature': signature,
    },
    publicKey,
  };
};

interface Answered {
  /** Path or whole address that was asked. */
  readonly url: string;
  /** Of the question. */
  readonly nonce: string;
  readonly body: Uint8Array;
}

/** What stands in place of the method: one key signs both ways, and a question sent back to who asked it is no answer. */
const answerMethod = 'ANSWER';

/** The headers of an answer: signed over path and nonce of its question, its own time and its own bytes, so that it answers no other. */
export const answerHeaders = async (
  { db, clock, signer }: Omit<PeerKeyParts, 'crypto'>,
  answered: Answered,
): Promise<Readonly<Record<'x-timestamp' | 'x-signature', string>>> => {
  const timestamp = timestampOf(clock.now());
  const { signature } = await signer.sign(db, keyOwner, signedText({ method: answerMethod, timestamp, ...answered }));
  return { 'x-timestamp': timestamp, 'x-signature': signature };
};

/** Whether an answer is that of another process of this installation to this very question. */
export const isPeersAnswer = (
  { crypto, clock }: Pick<PeerKeyParts, 'crypto' | 'clock'>,
  publicKey: string,
  { headers, ...answered }: Answered & { readonly headers: Headers },
): Promise<boolean> => {
  const timestamp = headers.get('x-timestamp') ?? '';
  if (!isTimely(timestamp, clock.now())) return Promise.resolve(false);
  const text = signedText({ method: answerMethod, timestamp, ...answered });
  return crypto.verify(publicKey, Buffer.from(text, 'utf8'), headers.get('x-signature') ?? '');
};

/** Whoever signs with that key is one of us: nothing more is asked. */
const everyPeer: Omit<KnownCaller, 'publicKey'> = {
  subject: {
    id: keyOwner,
    name: '系统',
    organisationId: null,
    organisationName: null,
    organisationCode: null,
    districtCode: null,
    roles: [],
  },
  barOf: async () => undefined,
  told: async () => undefined,
};

/** Who comes in at the door of peers: another process of this installation and nobody else, by the key that lies sealed in the database they share. */
export const peersDoor = (
  { db, crypto, clock, signer }: PeerKeyParts,
  takeNonce: (db: Db, caller: string, nonce: string) => Promise<boolean>,
): SignedDoorParts => {
  let publicKey: string | undefined;
  const peer = async (): Promise<KnownCaller> => {
    publicKey ??= (await signer.sign(db, keyOwner, 'public key of peers')).publicKey;
    return { publicKey, ...everyPeer };
  };
  return {
    crypto,
    clock,
    find: async (caller) => (caller === appId ? peer() : undefined),
    takeNonce: (caller, nonce) => takeNonce(db, caller, nonce),
  };
};
