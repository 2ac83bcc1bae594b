import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Subject } from '#kernel/access/access.ts';
import { clockToleranceSeconds, isTimely, signedTextOver } from '#kernel/connector/signed-text.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex, sm3Stream } from '#kernel/crypto/sm3.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { Failure } from './failure.ts';
import { type Handlers, type MountParts, mountContract, type Reception } from './mount.ts';
import type { Contract } from './operation.ts';
import { type SignatureHeader, signedDoor } from './signature.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** A registered caller as the door judges it, read anew at every call, so that what has ended ends at once. */
export interface KnownCaller {
  readonly publicKey: string;
  readonly subject: Subject;
  /** Why a caller who has proved to be this one is not let in now; undefined where there is nothing. */
  barOf(from: { readonly ip: string; readonly now: Date }): Promise<Failure | undefined>;
  /** What came of a call: the code of the refusal, or null where it was let in. */
  told(call: {
    readonly refused: string | null;
    readonly ip: string;
    readonly at: Date;
    readonly traceId: string;
  }): Promise<void>;
}

/** What the door works with. */
export interface SignedDoorParts {
  readonly crypto: Pick<Crypto, 'verify'>;
  readonly clock: Clock;
  /** The caller registered under an id; undefined where there is none. */
  readonly find: (appId: string) => Promise<KnownCaller | undefined>;
  /** False when this caller has used the nonce within the last ten minutes. */
  readonly takeNonce: (appId: string, nonce: string) => Promise<boolean>;
}

const headerOf = ({ headers }: FastifyRequest, name: SignatureHeader): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

const refusal = (code: string, message: string): Failure => new Failure(401, code, message);

/** What is wrong with the form of the headers, whoever sent them. */
const malformed = (request: FastifyRequest, now: Date): Failure | undefined => {
  if (!isTimely(headerOf(request, 'x-timestamp'), now)) {
    const minutes = clockToleranceSeconds / 60;
    return new Failure(401, 'CLOCK', `X-Timestamp 与平台时间相差超过 ${minutes} 分钟，请校准系统时钟后重新签名`, {
      detail: { platformTime: Math.floor(now.getTime() / 1000) },
    });
  }
  if (!/^[0-9a-f]{32}$/.test(headerOf(request, 'x-nonce')))
    return refusal('NONCE', 'X-Nonce 应为 32 位小写十六进制随机数');
  if (!/^[0-9a-f]{64}$/.test(headerOf(request, 'x-content-sm3')))
    return refusal('DIGEST', 'X-Content-SM3 应为请求体的 SM3 摘要，64 位小写十六进制');
  return undefined;
};

const refusalOf = async (
  { crypto, clock, takeNonce }: SignedDoorParts,
  request: FastifyRequest,
  appId: string,
  caller: KnownCaller,
): Promise<Failure | undefined> => {
  const now = clock.now();
  const wrong = malformed(request, now);
  if (wrong) return wrong;
  const text = signedTextOver({
    method: request.method,
    url: request.url,
    timestamp: headerOf(request, 'x-timestamp'),
    nonce: headerOf(request, 'x-nonce'),
    digest: headerOf(request, 'x-content-sm3'),
  });
  if (!(await crypto.verify(caller.publicKey, Buffer.from(text, 'utf8'), headerOf(request, 'x-signature'))))
    return refusal('SIGNATURE', '签名验证未通过，请对照接口文档核对待签串和密钥');
  // Before anything is counted for the caller: a request somebody plays back must not use up its owner's pace.
  if (!(await takeNonce(appId, headerOf(request, 'x-nonce'))))
    return refusal('NONCE_USED', 'X-Nonce 已用过，请为每个请求生成新的随机数并重新签名');
  return caller.barOf({ ip: request.ip, now });
};

const known = async (parts: SignedDoorParts, request: FastifyRequest): Promise<Subject> => {
  const appId = headerOf(request, 'x-app-id');
  const caller = appId === '' ? undefined : await parts.find(appId);
  if (!caller) throw refusal('CALLER', '系统标识 X-App-Id 未登记，请由企业管理员登记公钥并经确认后再调用');
  const refused = await refusalOf(parts, request, appId, caller);
  await caller.told({ refused: refused?.code ?? null, ip: request.ip, at: parts.clock.now(), traceId: request.id });
  if (refused) throw refused;
  return caller.subject;
};

const otherBytes = (): Failure =>
  new Failure(400, 'DIGEST', '请求体与 X-Content-SM3 不符，内容在途中有变或摘要算错，请核对后重发');

const parsed = (request: FastifyRequest): unknown => {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (sm3Hex(bytes) !== headerOf(request, 'x-content-sm3')) throw otherBytes();
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Failure(400, 'MALFORMED', '请求内容不是有效的 JSON');
  }
};

const compared = async function* (stream: Readable, digest: string): AsyncGenerator<Buffer> {
  const hash = sm3Stream();
  for await (const piece of stream) {
    // A request gives buffers.
    const bytes = piece as Buffer;
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest('hex') !== digest) throw otherBytes();
};

/** The request's body as a file: its bytes are compared with the signed digest while they pass, and whoever keeps them keeps nothing where they differ. */
const bodyAsFile = async (request: FastifyRequest): Promise<UploadedFile> => {
  if (!(request.body instanceof Readable)) throw new Failure(415, 'NOT_A_FILE', '请求体应为照片文件本身，不用表单包装');
  const stream = Readable.from(compared(request.body, headerOf(request, 'x-content-sm3')));
  // Whoever reads it hears of it; where nobody does, it must not end the process.
  stream.on('error', () => undefined);
  // Headers beside those of the signature are not signed, so nothing is taken from them: a name is asked for in the query, and what a file is shows in its bytes.
  return { name: '', declaredType: '', stream };
};

/** Callers come in by the signature of each request. */
export const signedReception = (parts: SignedDoorParts): Reception => ({
  known: (request) => known(parts, request),
  letIn: async (_, __, subject) => {
    if (!subject) throw new Error('a system came in that nobody knows');
    return subject;
  },
  body: parsed,
  file: bodyAsFile,
});

/** Signatures cover the bytes as sent, so nothing is parsed before they are checked; files pass as a stream. */
export const unparsed = (doors: FastifyInstance): void => {
  doors.removeAllContentTypeParsers();
  doors.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  doors.addContentTypeParser('*', (_, payload, done) => done(null, payload));
};

/**
 * Mounts operations that systems of organisations call: each request is signed with the system's own SM2 key, in time and once. Permissions, rows, schemas and
 * refusals are those of every other operation. Source: domain 9 (clock ±300 s, nonce 10 minutes).
 */
export const mountSigned = <C extends Contract>(
  server: FastifyInstance,
  contract: C,
  handlers: Handlers<C>,
  parts: MountParts,
  door: SignedDoorParts,
): void => {
  void server.register(async (doors) => {
    unparsed(doors);
    mountContract(doors, contract, handlers, { ...parts, door: signedDoor }, signedReception(door));
  });
};
