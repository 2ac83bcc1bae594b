import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { outageOf } from '#kernel/db/outage.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Connector, exchangeOf } from './connector.ts';
import type { CrossingFact, OnCrossing } from './crossing.ts';
import { openFields } from './field-sealing.ts';
import type { Inbox } from './inbox.store.ts';
import type { Link } from './link.ts';
import { isTimely, signedText, timestampOf } from './signed-text.ts';
import { blanksToNull } from './wire-values.ts';

/** What the business made of a message. A refusal is final and repeats are answered with it. */
export type Applied = { readonly caseType: string | null; readonly caseId: string | null } & (
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
);

/** A message as its handler gets it: signed by the right system, never seen before, fitting its schema. */
export interface InboundMessage {
  readonly key: string;
  /** Parsed by the exchange's request schema. */
  readonly request: unknown;
  readonly traceId: string;
}

/** Applies one message in the transaction that keeps it. What it throws is answered as "try again"; nothing is kept then. */
export type InboundHandler = (tx: Tx, message: InboundMessage) => Promise<Applied>;

/** What outside systems find behind `/ext/{connector}/{exchange}`. */
export interface InboundParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly connectors: readonly Connector[];
  /** The link to each system by connector id. */
  readonly links: Readonly<Record<string, Link>>;
  /** Handlers by `connector.exchange`. */
  readonly handlers: Readonly<Record<string, InboundHandler>>;
  readonly onCrossing: OnCrossing;
}

interface Reply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryable?: true;
}

interface Letter {
  readonly connector: string;
  readonly exchange: string;
  readonly link: Link;
  readonly request: FastifyRequest;
  readonly body: Uint8Array;
}

const mostBytes = 1_048_576;

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** Why a message is not let in; undefined when it is. Source: domain 9 (clock ±300 s, nonce 10 minutes, signature over raw bytes). */
const doorRefusal = async (parts: InboundParts, { link, request, body }: Letter): Promise<Reply | undefined> => {
  const timestamp = headerOf(request, 'x-timestamp');
  const nonce = headerOf(request, 'x-nonce');
  if (headerOf(request, 'x-app-id') !== link.peerAppId) return { status: 401, code: '4010', message: '应用标识未登记' };
  if (!isTimely(timestamp, parts.clock.now())) return { status: 401, code: '4011', message: '时间戳超出允许偏差' };
  if (!/^[0-9a-f]{32}$/.test(nonce)) return { status: 401, code: '4012', message: '随机数格式不符' };
  const text = signedText({ method: request.method, url: request.url, timestamp, nonce, body });
  if (!(await link.verify(text, headerOf(request, 'x-signature')))) {
    return { status: 401, code: '4010', message: '签名验证未通过' };
  }
  if (!(await parts.inbox.takeNonce(parts.db, link.peerAppId, nonce))) {
    return { status: 401, code: '4012', message: '随机数重复使用' };
  }
  return undefined;
};

const readBody = (parts: InboundParts, letter: Letter): { key: string; request: unknown } | undefined => {
  const definition = exchangeOf(parts.connectors, letter.connector, letter.exchange);
  try {
    const json: unknown = JSON.parse(Buffer.from(letter.body).toString('utf8'));
    const opened = openFields(json, definition.sealedFields ?? [], letter.link.sealKey);
    const request: unknown = definition.request.parse(blanksToNull(opened));
    return { key: definition.key(request), request };
  } catch {
    // Not JSON, not sealed with our key, or not of the schema: the answer is the same, and says nothing of our insides.
    return undefined;
  }
};

const repeatOf = (
  first: { readonly code: string; readonly message: string; readonly bodyDigest: string },
  digest: string,
): Reply =>
  first.bodyDigest === digest
    ? { status: 200, code: first.code, message: first.message }
    : { status: 409, code: '4091', message: '幂等冲突：同一编号的内容不同' };

const factOf = (
  letter: Letter,
  at: Date,
  rest: Pick<CrossingFact, 'key' | 'outcome' | 'detail' | 'caseType' | 'caseId'>,
): CrossingFact => ({
  at,
  direction: 'in',
  connector: letter.connector,
  exchange: letter.exchange,
  requestDigest: sm3Hex(letter.body),
  answerDigest: null,
  milliseconds: 0,
  traceId: letter.request.id,
  ...rest,
});

const take = async (parts: InboundParts, letter: Letter): Promise<Reply> => {
  const { db, clock, inbox, onCrossing } = parts;
  const { connector, exchange, request } = letter;
  const nobody = { caseType: null, caseId: null };
  const reject = (reply: Reply): Promise<Reply> =>
    inTransaction(db, async (tx) => {
      await onCrossing(
        tx,
        factOf(letter, clock.now(), { key: '', outcome: 'rejected', detail: `code ${reply.code}`, ...nobody }),
      );
      return reply;
    });
  const refusal = await doorRefusal(parts, letter);
  if (refusal) return reject(refusal);
  const read = readBody(parts, letter);
  if (!read) return reject({ status: 400, code: '4220', message: '报文不符合约定' });
  const handler = parts.handlers[`${connector}.${exchange}`];
  if (!handler) throw new Error(`no handler for ${connector}.${exchange}`);
  const { key } = read;
  const body = Buffer.from(letter.body).toString('utf8');
  return inTransaction(db, async (tx): Promise<Reply> => {
    const first = await inbox.findFirst(tx, connector, exchange, key);
    if (first) {
      await onCrossing(tx, factOf(letter, clock.now(), { key, outcome: 'repeated', detail: null, ...nobody }));
      return repeatOf(first, sm3Hex(body));
    }
    const applied = await handler(tx, { key, request: read.request, traceId: request.id });
    const { caseType, caseId, outcome } = applied;
    const reply =
      outcome === 'applied' ? { code: '0', message: 'OK' } : { code: applied.code, message: applied.message };
    const arrival = { connector, exchange, key, body, caseType, caseId, status: outcome, traceId: request.id };
    // The same message twice at the same moment: this transaction gives way, and the sender's next try meets the first result.
    if (!(await inbox.keep(tx, { ...arrival, ...reply })))
      throw new Error(`${connector}.${exchange} ${key} arrived twice at once`);
    const detail = outcome === 'applied' ? null : `code ${reply.code}`;
    await onCrossing(tx, factOf(letter, clock.now(), { key, outcome, detail, caseType, caseId }));
    return { status: 200, ...reply };
  });
};

const answer = async (to: FastifyReply, { link, request }: Letter, reply: Reply, now: Date): Promise<FastifyReply> => {
  const { status, code, message, retryable = false } = reply;
  const body = JSON.stringify({
    code,
    message,
    retryable,
    traceId: request.id,
    data: { status: code === '0' ? 'received' : 'refused' },
  });
  const timestamp = timestampOf(now);
  const nonce = headerOf(request, 'x-nonce');
  const signature = await link.sign(
    signedText({ method: request.method, url: request.url, timestamp, nonce, body: Buffer.from(body) }),
  );
  return to
    .code(status)
    .headers({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-app-id': link.appId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signature,
    })
    .send(body);
};

/**
 * Opens a door `POST /ext/{connector}/{exchange}` for every inbound exchange. A message is let in only signed, in time and once;
 * it is applied and kept in one transaction, and answered signed. Source: domain 9.
 */
export const serveInbound = async (server: FastifyInstance, parts: InboundParts): Promise<void> => {
  await server.register(async (doors) => {
    // Signatures cover the bytes as sent, so nothing is parsed before they are checked.
    doors.removeAllContentTypeParsers();
    doors.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: mostBytes }, (_, body, done) =>
      done(null, body),
    );
    for (const { id: connector, exchanges } of parts.connectors) {
      for (const [exchange, { direction }] of Object.entries(exchanges)) {
        const link = parts.links[connector];
        if (direction !== 'in') continue;
        if (!link) throw new Error(`no link to ${connector}`);
        doors.post(`/ext/${connector}/${exchange}`, async (request, to) => {
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const letter: Letter = { connector, exchange, link, request, body };
          const reply = await take(parts, letter).catch((error: unknown): Reply => {
            request.log.error({ err: error, traceId: request.id, connector, exchange }, 'inbound message not applied');
            const status = outageOf(error) ? 503 : 500;
            return { status, code: '5000', message: '处理时出错，请稍后重发', retryable: true };
          });
          return answer(to, letter, reply, parts.clock.now());
        });
      }
    }
  });
};
