import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callbackKinds } from './callback-kinds.ts';
import type { Callbacks } from './callbacks.ts';
import type { SimulatedExchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { answerOnce, failure, type Reply, type Worked } from './first-answers.ts';
import { garble } from './garble.ts';
import { refusalOf, textToSign } from './link/guard.ts';
import { signText } from './link/sm2.ts';
import { appIdOf, type Office } from './office.ts';

/** One request on its way through. `since` is when it came, milliseconds since 1970. */
interface Crossing {
  readonly exchange: SimulatedExchange;
  readonly office: Office;
  readonly request: FastifyRequest;
  readonly to: FastifyReply;
  readonly key: string;
  readonly since: number;
}

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** The idempotency key; empty when there is none, when it is too long, or when its encoding is broken. */
const keyOf = (request: FastifyRequest): string => {
  try {
    const key = decodeURIComponent(header(request, 'x-idempotency-key'));
    return key.length > 200 ? '' : key;
  } catch {
    return '';
  }
};

const note = ({ office, exchange, key, since }: Crossing, outcome: string, fault?: Fault, repeat = false): void => {
  const now = office.clock();
  office.journal.add({
    at: now.toISOString(),
    system: exchange.system,
    exchange: exchange.name,
    key,
    direction: 'in',
    outcome,
    fault: fault?.kind ?? null,
    repeat,
    ms: now.getTime() - since,
  });
};

const send = ({ exchange, office, request, to }: Crossing, reply: Reply, fault?: Fault): FastifyReply => {
  const body = { ...reply.body, traceId: header(request, 'x-trace-id') };
  const text = fault?.kind === 'garbled' ? garble(body, fault.how, 'data') : JSON.stringify(body);
  const timestamp = String(Math.floor(office.clock().getTime() / 1000));
  const nonce = header(request, 'x-nonce');
  const toSign = textToSign(request.method, request.url, timestamp, nonce, Buffer.from(text));
  const otherText = fault?.kind === 'garbled' && fault.how === 'signature' ? '?' : '';
  return to
    .code(reply.status)
    .headers({
      'content-type': 'application/json; charset=utf-8',
      'x-app-id': appIdOf(exchange.system),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signText(toSign + otherText, office.link.keys),
      ...reply.headers,
    })
    .send(text);
};

/** Leaves the question without an answer; `cut` also drops the line. */
const leave = ({ request, to }: Crossing, how: 'hang' | 'cut'): FastifyReply => {
  to.hijack();
  if (how === 'cut') request.raw.socket.destroy();
  return to;
};

const notLetIn = ({ office, request, since }: Crossing): Reply | undefined => {
  const refusal = refusalOf(
    {
      appId: header(request, 'x-app-id'),
      timestamp: header(request, 'x-timestamp'),
      nonce: header(request, 'x-nonce'),
      signature: header(request, 'x-signature'),
      method: request.method,
      url: request.url,
      body: bodyOf(request),
    },
    { appId: office.link.peerAppId, verify: office.link.verifyPeer, nonces: office.nonces, now: since },
  );
  return refusal && failure(401, refusal.code, refusal.message);
};

/** What happens instead of an answer, before anything is done; undefined for faults that strike later. */
const insteadOf = (fault: Fault | undefined): Reply | 'hang' | 'cut' | undefined => {
  switch (fault?.kind) {
    case 'down':
      return 'cut';
    case 'never':
      return 'hang';
    case 'throttled':
      return {
        ...failure(429, '4290', '请求过于频繁', true),
        headers: { 'retry-after': String(fault.retryAfterSeconds) },
      };
    case 'night':
      return failure(503, '5030', '平台夜间维护，请稍后再试', true);
    case 'refuse':
      return failure(200, fault.code, fault.message, fault.retryable);
    default:
      return undefined;
  }
};

/** The faults of what a request causes to be told are struck here, where the acknowledgement can still be overtaken. */
const arrangeTelling = async ({ exchange, key }: Crossing, { reply, repeat }: Worked, callbacks: Callbacks) => {
  const by = `${exchange.system}.${exchange.name}`;
  if (!Object.hasOwn(callbackKinds, by) || reply.body.code !== '0' || repeat) return;
  if (!(await callbacks.overtake({ by, key }))) callbacks.expect({ by, key });
};

/** Answers held back until a later one has gone, three seconds at most. */
interface HoldingPlace {
  wait(): Promise<unknown>;
  release(): void;
}

const holdingPlace = (): HoldingPlace => {
  let held: (() => void)[] = [];
  return {
    wait: () =>
      Promise.race([new Promise<void>((resolve) => held.push(resolve)), pause(3000, undefined, { ref: false })]),
    release: () => {
      for (const go of held) go();
      held = [];
    },
  };
};

const asRepeat = (reply: Reply): Reply => ({
  ...reply,
  body: { ...reply.body, code: '4090', message: '重复提交，返回首次结果', retryable: false },
});

const cross = async (crossing: Crossing, callbacks: Callbacks, place: HoldingPlace): Promise<FastifyReply> => {
  const { exchange, office, request, key } = crossing;
  const refusal = notLetIn(crossing) ?? (key === '' ? failure(400, '4220', '校验不符：X-Idempotency-Key') : undefined);
  if (refusal) {
    note(crossing, String(refusal.body.code));
    return send(crossing, refusal);
  }
  const fault = office.faults.strike({ system: exchange.system, exchange: exchange.name, key, now: office.clock() });
  const instead = insteadOf(fault);
  if (instead !== undefined) {
    note(crossing, typeof instead === 'string' ? instead : String(instead.body.code), fault);
    return typeof instead === 'string' ? leave(crossing, instead) : send(crossing, instead);
  }
  const worked = answerOnce(exchange, office, { body: bodyOf(request), key, encrypted: header(request, 'x-encrypt') });
  await arrangeTelling(crossing, worked, callbacks);
  if (fault?.kind === 'timed-out-but-done') {
    note(crossing, 'hang', fault, worked.repeat);
    return leave(crossing, 'hang');
  }
  const slowMs = fault?.kind === 'late' ? fault.ms : worked.slowMs;
  if (slowMs > 0) await pause(slowMs, undefined, { ref: false });
  if (fault?.kind === 'out-of-order') await place.wait();
  const reply = fault?.kind === 'twice' && worked.reply.body.code === '0' ? asRepeat(worked.reply) : worked.reply;
  note(crossing, String(reply.body.code), fault, worked.repeat);
  const sent = send(crossing, reply, fault);
  if (fault?.kind !== 'out-of-order') place.release();
  return sent;
};

/** Serves one exchange: lets the signed in, repeats first results, and goes wrong as scripted. */
export const serveExchange = (
  app: FastifyInstance,
  exchange: SimulatedExchange,
  office: Office,
  callbacks: Callbacks,
): void => {
  const place = holdingPlace();
  app.post(exchange.path, (request, to) =>
    cross({ exchange, office, request, to, key: keyOf(request), since: office.clock().getTime() }, callbacks, place),
  );
};
