import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Callbacks } from './callbacks.ts';
import type { Answer, SimulatedExchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { garble } from './garble.ts';
import { openSealed, refusalOf, textToSign } from './link/guard.ts';
import { signText, sm3Hex } from './link/sm2.ts';
import { appIdOf, type Office } from './office.ts';

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

const replyOf = (answer: Answer): Reply =>
  'refused' in answer
    ? { status: 200, body: { code: answer.refused.code, message: answer.refused.message, retryable: answer.refused.retryable ?? false } }
    : { status: 200, body: { code: '0', message: 'OK', data: answer.data } };

const failure = (status: number, code: string, message: string, retryable = false): Reply => ({ status, body: { code, message, retryable } });

/** What happens instead of an answer, before anything is done; undefined for faults that strike later. */
const insteadOf = (fault: Fault | undefined): Reply | 'hang' | 'cut' | undefined => {
  switch (fault?.kind) {
    case 'down':
      return 'cut';
    case 'never':
      return 'hang';
    case 'throttled':
      return { ...failure(429, '4290', '请求过于频繁', true), headers: { 'retry-after': String(fault.retryAfterSeconds) } };
    case 'night':
      return failure(503, '5030', '平台夜间维护，请稍后再试', true);
    case 'refuse':
      return failure(200, fault.code, fault.message, fault.retryable);
    default:
      return undefined;
  }
};

/** Serves one exchange: lets the signed in, repeats first results, and goes wrong as scripted. */
export const serveExchange = (app: FastifyInstance, exchange: SimulatedExchange, office: Office, callbacks: Callbacks): void => {
  const { world, faults, journal, link, clock } = office;
  let overtaken: (() => void)[] = [];

  const open = (body: Uint8Array): unknown => {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return exchange.sealed ? openSealed(parsed, link.sealKey) : parsed;
  };

  const work = (body: Uint8Array, key: string): { reply: Reply; slowMs: number } => {
    try {
      const answer = exchange.answer(open(body), { world, now: clock(), key });
      return { reply: replyOf(answer), slowMs: 'refused' in answer ? 0 : (answer.slowMs ?? 0) };
    } catch (error) {
      if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
      const where = error instanceof z.ZodError ? error.issues.map(({ path }) => path.join('.')).join('、') : 'JSON';
      return { reply: failure(400, '4220', `校验不符：${where}`), slowMs: 0 };
    }
  };

  /** The answer, or the first one again when the key was seen before. */
  const answerOnce = (body: Uint8Array, key: string): { reply: Reply; slowMs: number; repeat: boolean } => {
    if (exchange.effect === 'read') return { ...work(body, key), repeat: false };
    const name = `${exchange.system} ${exchange.name} ${key}`;
    const digest = sm3Hex(body);
    const first = world.get('firstAnswer', name);
    if (first && first.digest !== digest) return { reply: failure(409, '4091', '幂等冲突：同一幂等键的内容不同'), slowMs: 0, repeat: false };
    if (first) return { reply: { status: 200, body: JSON.parse(first.body) }, slowMs: 0, repeat: true };
    const { reply, slowMs } = work(body, key);
    if (reply.status === 200 && reply.body['retryable'] !== true) world.put('firstAnswer', name, { digest, body: JSON.stringify(reply.body) });
    return { reply, slowMs, repeat: false };
  };

  const send = async (request: FastifyRequest, to: FastifyReply, reply: Reply, fault: Fault | undefined): Promise<FastifyReply> => {
    const body = { ...reply.body, traceId: header(request, 'x-trace-id') };
    const text = fault?.kind === 'garbled' ? garble(body, fault.how) : JSON.stringify(body);
    const timestamp = String(Math.floor(clock().getTime() / 1000));
    const nonce = header(request, 'x-nonce');
    const toSign = textToSign(request.method, request.url, timestamp, nonce, Buffer.from(text));
    const wrong = fault?.kind === 'garbled' && fault.how === 'signature' ? '?' : '';
    return to
      .code(reply.status)
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'x-app-id': appIdOf(exchange.system),
        'x-timestamp': timestamp,
        'x-nonce': nonce,
        'x-signature': signText(`${toSign}${wrong}`, link.keys),
        ...reply.headers,
      })
      .send(text);
  };

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

  const letOvertake = (): Promise<void> =>
    Promise.race([new Promise<void>((resolve) => overtaken.push(resolve)), pause(3000)]);

  app.post(exchange.path, async (request, to) => {
    const since = clock().getTime();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const key = decodeURIComponent(header(request, 'x-idempotency-key'));
    const note = (outcome: string, fault: Fault | undefined, repeat: boolean): void =>
      journal.add({
        at: clock().toISOString(),
        system: exchange.system,
        exchange: exchange.name,
        key,
        direction: 'in',
        outcome,
        fault: fault?.kind ?? null,
        repeat,
        ms: clock().getTime() - since,
      });

    const refusal = refusalOf(
      { appId: header(request, 'x-app-id'), timestamp: header(request, 'x-timestamp'), nonce: header(request, 'x-nonce'), signature: header(request, 'x-signature') },
      { method: request.method, url: request.url, body },
      { appId: link.peerAppId, verify: link.verifyPeer, nonces: office.nonces, now: since },
    );
    if (refusal) {
      note(refusal.code, undefined, false);
      return send(request, to, failure(401, refusal.code, refusal.message), undefined);
    }

    const fault = faults.strike(exchange.system, exchange.name, key, clock());
    const instead = insteadOf(fault);
    if (instead === 'cut' || instead === 'hang') {
      note(instead, fault, false);
      to.hijack();
      if (instead === 'cut') request.raw.socket.destroy();
      return to;
    }
    if (instead) {
      note(String(instead.body['code']), fault, false);
      return send(request, to, instead, undefined);
    }

    const { reply, slowMs, repeat } = answerOnce(body, key);
    if (exchange.name === 'submit-supervised-dismantling' && reply.body['code'] === '0' && !repeat) {
      if (callbacks.overtakes(key)) await callbacks.tellNow(key);
      else callbacks.expect(key);
    }
    if (fault?.kind === 'timed-out-but-done') {
      note('hang', fault, repeat);
      to.hijack();
      return to;
    }
    if (fault?.kind === 'late') await pause(fault.ms);
    else if (slowMs > 0) await pause(slowMs);
    if (fault?.kind === 'out-of-order') await letOvertake();
    const twice = fault?.kind === 'twice' && reply.body['code'] === '0';
    const sent = twice ? { ...reply, body: { ...reply.body, code: '4090', message: '重复提交，返回首次结果', retryable: false } } : reply;
    note(String(sent.body['code']), fault, repeat);
    const done = await send(request, to, sent, fault);
    if (fault?.kind !== 'out-of-order') {
      for (const release of overtaken) release();
      overtaken = [];
    }
    return done;
  });
};
