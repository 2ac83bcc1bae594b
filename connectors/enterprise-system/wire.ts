import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Delivery, Wire } from '#kernel/connector/connector.ts';
import { ourAppId } from '#kernel/connector/link.ts';
import { signedText, timestampOf } from '#kernel/connector/signed-text.ts';
import { faultOf } from '#kernel/connector/wire.http.ts';
import { liesIn, notPublic } from '#kernel/contract/address-range.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** How messages find their way to enterprises' systems. */
export interface EnterpriseWireOptions {
  readonly clock: Clock;
  /** Where a system listens now; undefined where it is told nothing any more. */
  readonly addressOf: (systemId: string) => Promise<string | undefined>;
  /** The platform's own SM2 signature, DER in base64. */
  readonly sign: (text: string) => Promise<string>;
  /** `public`: places of the public network only, looked at when the connection is made, so that no name leads elsewhere between. */
  readonly reach: 'public' | 'any';
}

/** More of an answer is not read. */
const mostBytes = 65_536;
const notPublicCode = 'NOT_PUBLIC';

/** Looks a name up and refuses it where any of its addresses is no public one. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error) return callback(error, '', 0);
    if (!first || addresses.some(({ address }) => liesIn(address, notPublic)))
      return callback(Object.assign(new Error('no public address'), { code: notPublicCode }), '', 0);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

/** Ports that messages may go to: that of HTTPS, and those that no service of an operating system has. */
const isWebhookPort = (port: string): boolean => port === '' || port === '443' || Number(port) >= 1024;

/** Which part of an address bars it as it is written; undefined where it may be called. What its name stands for is looked at when it is looked up. */
export const barredBy = (
  { protocol, hostname, port }: URL,
  reach: EnterpriseWireOptions['reach'],
): 'protocol' | 'port' | 'place' | undefined => {
  if (reach === 'any') return undefined;
  if (protocol !== 'https:') return 'protocol';
  if (!isWebhookPort(port)) return 'port';
  return liesIn(hostname.replace(/^\[|\]$/g, ''), notPublic) ? 'place' : undefined;
};

interface Answered {
  readonly status: number;
  readonly retryAfter: string;
}

const post = (
  url: URL,
  {
    headers,
    body,
    signal,
    reach,
  }: { headers: Record<string, string>; body: Buffer; signal: AbortSignal; reach: string },
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const sending = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        // A connection of its own: nothing that was looked up before is used again.
        agent: false,
        signal,
        ...(reach === 'public' ? { lookup: publicOnly } : {}),
      },
      (answer) => {
        let size = 0;
        const told = { status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? '' };
        answer.on('data', (piece: Buffer) => {
          size += piece.length;
          if (size <= mostBytes) return;
          // What it says is known by its status; the rest is of no interest.
          resolve(told);
          answer.destroy();
        });
        answer.on('end', () => resolve(told));
        answer.on('error', reject);
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });

const meaningOf = ({ status, retryAfter }: Answered): Delivery<unknown> => {
  if (status >= 200 && status < 300) return { outcome: 'delivered', answer: { status } };
  if (status === 429) {
    const seconds = Number(retryAfter);
    const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : 60;
    return { outcome: 'throttled', detail: 'HTTP 429', retryAfterSeconds };
  }
  // Redirects are not followed: where they lead was confirmed by nobody.
  return { outcome: 'unknown', detail: `HTTP ${status}` };
};

const errorCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Signed JSON to the addresses that enterprises have registered. Source: domain 9 (待签串); adr/0045. */
export const enterpriseWire = ({ clock, addressOf, sign, reach }: EnterpriseWireOptions): Wire => ({
  carry: async ({ body: text, key, recipient, timeoutSeconds, traceId, signal }) => {
    const address = await addressOf(recipient);
    if (address === undefined) return { outcome: 'refused', code: 'ENDED', message: '这个系统已停用或不再接收推送' };
    const url = new URL(address);
    if (barredBy(url, reach) !== undefined) return { outcome: 'unreachable', detail: notPublicCode };
    const body = Buffer.from(text, 'utf8');
    const timestamp = timestampOf(clock.now());
    const nonce = randomBytes(16).toString('hex');
    const signature = await sign(signedText({ method: 'POST', url: address, timestamp, nonce, body }));
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-app-id': ourAppId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-content-sm3': sm3Hex(body),
      'x-idempotency-key': encodeURIComponent(key),
      'x-trace-id': traceId,
      'x-signature': signature,
    };
    try {
      return meaningOf(await post(url, { headers, body, signal: AbortSignal.any([signal, timeout]), reach }));
    } catch (error) {
      if (timeout.aborted) return { outcome: 'unknown', detail: `no answer within ${timeoutSeconds} s` };
      if (errorCode(error) === notPublicCode) return { outcome: 'unreachable', detail: notPublicCode };
      return faultOf(error, timeoutSeconds);
    }
  },
});
