import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#kernel/time/clock.ts';
import type { Delivery, Wire } from './connector.ts';
import { openFields, sealFields } from './field-sealing.ts';
import type { Link } from './link.ts';
import { isTimely, signedText, timestampOf } from './signed-text.ts';
import { blanksToNull } from './wire-values.ts';

/** Where and how one system is reached. Only `baseUrl` is ever called; redirects are not followed. */
export interface HttpWireOptions {
  readonly baseUrl: string;
  /** The path of each outbound exchange below the base address. */
  readonly paths: Readonly<Record<string, `/${string}`>>;
  readonly link: Link;
  readonly clock: Clock;
}

const mostBytes = 2 * 1_048_576;

const envelope = z.object({
  code: z.union([z.string(), z.number().transform(String)]),
  message: z.string().nullish(),
  data: z.unknown().optional(),
  retryable: z.boolean().nullish(),
});

type Answered = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array };
type Failed = Extract<Delivery<never>, { detail: string }>;

const failed = (outcome: 'unknown' | 'unreachable' | 'garbled', detail: string): Failed => ({ outcome, detail });

/** Causes with which the message certainly never arrived. */
const neverArrived =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO|UNABLE_TO_|SELF_SIGNED)/;

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
};

/** What a connection that failed comes to: whether the message certainly never arrived. */
export const faultOf = (error: unknown, timeoutSeconds: number): Failed => {
  if (error instanceof Error && error.name === 'TimeoutError')
    return failed('unknown', `no answer within ${timeoutSeconds} s`);
  if (error instanceof Error && error.name === 'AbortError') return failed('unknown', 'stopped while waiting');
  const code = codeOf(error);
  if (neverArrived.test(code)) return failed('unreachable', code);
  return failed('unknown', `connection lost ${code}`.trim());
};

const readLimited = async (response: Response): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const retryAfterOf = (headers: Headers): number => {
  const seconds = Number(headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : 1;
};

/** What an answer nobody signed can mean: a gateway in between, or somebody else. Never a business answer. */
const unsigned = ({ status, headers }: Answered): Delivery<never> => {
  if (status === 429) return { outcome: 'throttled', detail: 'HTTP 429', retryAfterSeconds: retryAfterOf(headers) };
  if (status === 503) return failed('unreachable', 'HTTP 503');
  if (status >= 500) return failed('unknown', `HTTP ${status}`);
  return failed('garbled', `answer without a valid signature, HTTP ${status}`);
};

/** Codes about the link itself, not about the business: the message may go once keys, clocks or tokens are put right. */
const linkTrouble: ReadonlySet<string> = new Set(['4010', '4011', '4012']);

/** What a signed answer means. Source: domain 9.1, 9.2 (error codes), 9 (failure modes). */
const meaningOf = ({ status, headers, body }: Answered): Delivery<unknown> => {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // Bytes that are not JSON are an answer of a kind: a garbled one.
    return failed('garbled', 'answer is not JSON');
  }
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return failed('garbled', 'answer has no code');
  const { code, data, message, retryable } = parsed.data;
  if (code === '0' || code === '4090') return { outcome: 'delivered', answer: blanksToNull(data ?? null) };
  if (status === 429 || code === '4290')
    return { outcome: 'throttled', detail: `code ${code}`, retryAfterSeconds: retryAfterOf(headers) };
  if (code === '5040') return failed('unknown', 'code 5040');
  if (retryable === true || linkTrouble.has(code) || code.startsWith('5'))
    return failed('unreachable', `code ${code.slice(0, 20)}`);
  return { outcome: 'refused', code: code.slice(0, 20), message: (message ?? '').slice(0, 200) };
};

/** An answer with its sealed texts opened; one that was not sealed with our key is no answer. */
const openedAnswer = (delivery: Delivery<unknown>, paths: readonly string[], key: Uint8Array): Delivery<unknown> => {
  if (delivery.outcome !== 'delivered' || paths.length === 0) return delivery;
  try {
    return { ...delivery, answer: openFields(delivery.answer, paths, key) };
  } catch {
    // Whatever stood there is not repeated: it may be somebody's number.
    return failed('garbled', 'answer is not sealed with the agreed key');
  }
};

/** Signed JSON over HTTP. Source: domain 9. */
export const httpWire = ({ baseUrl, paths, link, clock }: HttpWireOptions): Wire => {
  const base = new URL(baseUrl);
  if (base.protocol !== 'https:' && base.protocol !== 'http:') throw new Error(`not a web address: ${baseUrl}`);
  const prefix = base.pathname.replace(/\/$/, '');

  const ask = async (url: string, nonce: string, message: Parameters<Wire['carry']>[0]): Promise<Answered | Failed> => {
    const { sealedFields, key, timeoutSeconds } = message;
    const sealed = sealedFields.length > 0;
    const text = sealed
      ? JSON.stringify(sealFields(JSON.parse(message.body), sealedFields, link.sealKey, key))
      : message.body;
    const timestamp = timestampOf(clock.now());
    const signature = await link.sign(signedText({ method: 'POST', url, timestamp, nonce, body: Buffer.from(text) }));
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-app-id': link.appId,
          'x-timestamp': timestamp,
          'x-nonce': nonce,
          // Keys may hold a plate; headers hold ASCII.
          'x-idempotency-key': encodeURIComponent(key),
          'x-trace-id': message.traceId,
          'x-signature': signature,
          ...(sealed ? { 'x-encrypt': 'SM4-CBC' } : {}),
        },
        body: text,
        redirect: 'manual',
        signal: AbortSignal.any([message.signal, AbortSignal.timeout(timeoutSeconds * 1000)]),
      });
      const body = await readLimited(response);
      return body
        ? { status: response.status, headers: response.headers, body }
        : failed('garbled', 'answer is too large');
    } catch (error) {
      return faultOf(error, timeoutSeconds);
    }
  };

  const isTheirs = async (url: string, nonce: string, { headers, body }: Answered): Promise<boolean> => {
    const timestamp = headers.get('x-timestamp') ?? '';
    if (
      headers.get('x-app-id') !== link.peerAppId ||
      headers.get('x-nonce') !== nonce ||
      !isTimely(timestamp, clock.now())
    )
      return false;
    return link.verify(signedText({ method: 'POST', url, timestamp, nonce, body }), headers.get('x-signature') ?? '');
  };

  return {
    carry: async (message) => {
      const path = Object.hasOwn(paths, message.exchange) ? paths[message.exchange] : undefined;
      if (path === undefined) throw new Error(`no path for exchange ${message.exchange}`);
      const url = new URL(prefix + path, base).href;
      const nonce = randomBytes(16).toString('hex');
      const answered = await ask(url, nonce, message);
      if ('outcome' in answered) return answered;
      if (answered.status >= 300 && answered.status < 400)
        return failed('garbled', `redirect refused, HTTP ${answered.status}`);
      if (!(await isTheirs(url, nonce, answered))) return unsigned(answered);
      return openedAnswer(meaningOf(answered), message.sealedAnswer ?? [], link.sealKey);
    },
  };
};
