import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isTimely, signedText, timestampOf } from '#kernel/connector/signed-text.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { sm2Sign, sm2Verify } from './sm2.ts';

/** What this system and the cloud's cryptographic service have agreed on. Hex. */
export const cloudKeysSchema = z.strictObject({
  appId: z.string().min(1).max(60),
  privateKey: z.string().regex(/^[0-9a-f]{64}$/),
  servicePublicKey: z.string().regex(/^04[0-9a-f]{128}$/),
});

/** See {@link cloudKeysSchema}. */
export type CloudKeys = z.output<typeof cloudKeysSchema>;

/** The service could not be reached, or did not answer as itself. */
export class CloudCryptoFailed extends Error {}

/** The way to the service: signed questions, signed answers. */
export interface CloudDoor {
  ask<T extends z.ZodType>(path: `/${string}`, question: unknown, answer: T): Promise<z.output<T>>;
  status(): Promise<z.output<typeof statusSchema>>;
}

const statusSchema = z.object({ name: z.string(), certified: z.boolean(), services: z.array(z.string()) });
const mostBytes = 16 * 1_048_576;
const timeoutMs = 10_000;

const fetched = async (
  url: URL,
  init: RequestInit,
): Promise<{ readonly response: Response; readonly body: Buffer }> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const declared = Number(response.headers.get('content-length') ?? '0');
    if (declared > mostBytes) throw new CloudCryptoFailed('the answer of the cryptographic service is too large');
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    throw error instanceof CloudCryptoFailed
      ? error
      : new CloudCryptoFailed('the cryptographic service was not reached', { cause: error });
  }
};

/** Opens the way to the service at an address. Only that address is ever called; redirects are not followed. */
export const cloudDoor = (parts: {
  readonly url: string;
  readonly keys: CloudKeys;
  readonly clock: Clock;
}): CloudDoor => {
  const { keys, clock } = parts;
  const base = parts.url.endsWith('/') ? parts.url : `${parts.url}/`;
  const at = (path: string): URL => new URL(path.slice(1), base);
  return {
    ask: async (path, question, answer) => {
      const url = at(path);
      const body = Buffer.from(JSON.stringify(question));
      const [nonce, timestamp] = [randomBytes(16).toString('hex'), timestampOf(clock.now())];
      const text = signedText({ method: 'POST', url: url.pathname, timestamp, nonce, body });
      const { response, body: replied } = await fetched(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-app-id': keys.appId,
          'x-timestamp': timestamp,
          'x-nonce': nonce,
          'x-signature': sm2Sign(keys.privateKey, Buffer.from(text)).toString('base64'),
        },
        body,
      });
      const replyTime = response.headers.get('x-timestamp') ?? '';
      const covered = signedText({ method: 'POST', url: url.pathname, timestamp: replyTime, nonce, body: replied });
      const signature = Buffer.from(response.headers.get('x-signature') ?? '', 'base64');
      if (
        response.status !== 200 ||
        !isTimely(replyTime, clock.now()) ||
        !sm2Verify(keys.servicePublicKey, Buffer.from(covered), signature)
      )
        throw new CloudCryptoFailed(`the cryptographic service answered HTTP ${response.status} or not as itself`);
      return answer.parse(JSON.parse(replied.toString('utf8')));
    },
    status: async () => {
      const { response, body } = await fetched(at('/gateway/status'), { method: 'GET' });
      if (response.status !== 200) throw new CloudCryptoFailed(`the cryptographic service answered ${response.status}`);
      return statusSchema.parse(JSON.parse(body.toString('utf8')));
    },
  };
};
