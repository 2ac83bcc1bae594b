import { randomBytes, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { textToSign } from '#apps/simulators/link/guard.ts';
import { type KeyPair, signText, sm3Hex } from '#apps/simulators/link/sm2.ts';
import {
  enterpriseSystemContract,
  systemStepContract,
} from '#areas/elv/enterprise-system/model/enterprise-system.contract.ts';
import type { Client } from '#kernel/contract/client.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { aJpeg } from './sample-files.ts';
import type { ServedProduct } from './served-product.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));

/** What may be wrong with a request, on purpose. */
export interface Slips {
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly appId?: string;
  /** The path that is signed instead of the one asked. */
  readonly signedUrl?: string;
  /** The bytes that are sent instead of those signed. */
  readonly sent?: Buffer | Readable;
  /** A name for a photograph. */
  readonly fileName?: string;
  /** A header that is not signed. */
  readonly unsigned?: Readonly<Record<string, string>>;
  readonly signature?: string;
  readonly keys?: KeyPair;
  readonly ip?: string;
}

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  // Whatever the operation answers; tests look at it.
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
}

/** A system as an enterprise has it: a key of its own, and calls signed with it by the second implementation. */
export interface SystemHands {
  readonly id: string;
  readonly appId: string;
  readonly keys: KeyPair;
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, slips?: Slips): Promise<Answer>;
  photograph(caseId: string, part: string, bytes?: Buffer, key?: string, slips?: Slips): Promise<Answer>;
}

/** What is registered, where a test wants it otherwise. */
export interface Registration {
  readonly by?: string;
  readonly name?: string;
  readonly ranges?: string[];
  readonly validUntil?: string;
  readonly webhookUrl?: string;
  readonly keys?: KeyPair;
  /** Left waiting for the commission. */
  readonly unconfirmed?: true;
}

/** What is signed of a request. */
interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
}

const sendSigned = async (
  { server, clock }: Pick<ServedProduct, 'server' | 'clock'>,
  { method, url, bytes, contentType }: Request,
  own: { readonly appId: string; readonly keys: KeyPair },
  slips: Slips,
): Promise<Answer> => {
  const timestamp = slips.timestamp ?? String(Math.floor(clock.now().getTime() / 1000));
  const nonce = slips.nonce ?? randomBytes(16).toString('hex');
  const text = textToSign(method, slips.signedUrl ?? url, timestamp, nonce, bytes);
  const reply = await server.inject({
    method,
    url,
    remoteAddress: slips.ip ?? '127.0.0.1',
    headers: {
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...slips.unsigned,
      'x-app-id': slips.appId ?? own.appId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-content-sm3': sm3Hex(bytes),
      'x-signature': slips.signature ?? signText(text, slips.keys ?? own.keys),
    },
    ...(contentType === undefined ? {} : { payload: slips.sent ?? bytes }),
  });
  return { status: reply.statusCode, body: reply.json() };
};

/** Calls with a key, whether or not it is registered. */
export const callsWith = (
  served: Pick<ServedProduct, 'server' | 'clock'>,
  id: string,
  appId: string,
  keys: KeyPair,
): SystemHands => ({
  id,
  appId,
  keys,
  call: (method, path, body, slips = {}) => {
    const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
    const contentType = body === undefined ? undefined : 'application/json';
    return sendSigned(served, { method, url: `/api${path}`, bytes, contentType }, { appId, keys }, slips);
  },
  photograph: (caseId, part, bytes = aJpeg(), key = randomUUID(), slips = {}) => {
    const { fileName } = slips;
    const url = `/api/intake/cases/${caseId}/photos/${part}?${new URLSearchParams({ ...(fileName === undefined ? {} : { fileName }), key })}`;
    return sendSigned(served, { method: 'POST', url, bytes, contentType: 'image/jpeg' }, { appId, keys }, slips);
  },
});

/** What a registration needs of a key: a fresh text of the platform, signed by it. */
export const registrationOf = async (
  administrator: Pick<Client<typeof enterpriseSystemContract>, 'challenge'>,
  keys: KeyPair,
) => {
  const { text } = await administrator.challenge({});
  return { key: randomUUID(), publicKey: keys.publicKey, challenge: text, proof: signText(text, keys) };
};

/** Registers a system past no check, and has it confirmed. */
export const aSystem = async (
  served: ServedProduct,
  { by = 'yardadmin1', unconfirmed, keys, ...rest }: Registration = {},
): Promise<SystemHands> => {
  const own = keys ?? (await crypto.newKeyPair());
  const administrator = served.client(enterpriseSystemContract, await served.signIn(by));
  const proved = await registrationOf(administrator, own);
  const { id, appId } = await administrator.register({ name: '厂务系统', ...proved, ...rest });
  if (!unconfirmed) {
    const commission = served.client(systemStepContract, await served.signIn('commission1'));
    await commission.confirm({ id, version: 2, key: randomUUID() });
  }
  return callsWith(served, id, appId, own);
};
