import { z } from 'zod';
import type { Answer, SimulatedExchange } from './exchange.ts';
import { NotSealed, openSealed, sealedTexts } from './link/sealed-fields.ts';
import { sm3Hex } from './link/sm2.ts';
import type { Office } from './office.ts';

/** What goes back over the wire, before it is signed. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal as a reply. */
export const failure = (status: number, code: string, message: string, retryable = false): Reply => ({
  status,
  body: { code, message, retryable },
});

/** A request that was let in. */
export interface Asked {
  readonly body: Uint8Array;
  readonly key: string;
  /** The `X-Encrypt` header; empty when there is none. */
  readonly encrypted: string;
}

/** A reply with how long it takes, in milliseconds, and whether it was given before. */
export interface Worked {
  readonly reply: Reply;
  readonly slowMs: number;
  readonly repeat: boolean;
}

const replyOf = (answer: Answer): Reply =>
  'refused' in answer
    ? failure(200, answer.refused.code, answer.refused.message, answer.refused.retryable)
    : { status: 200, body: { code: '0', message: 'OK', data: answer.data } };

const misfit = (error: unknown): Reply => {
  if (error instanceof NotSealed)
    return failure(400, '4220', `敏感字段须用约定的密钥以 SM4-CBC 加密：${error.message}`);
  if (error instanceof z.ZodError)
    return failure(400, '4220', `校验不符：${error.issues.map(({ path }) => path.join('.') || '报文').join('、')}`);
  if (error instanceof SyntaxError) return failure(400, '4220', '校验不符：报文不是 JSON');
  throw error;
};

const work = (exchange: SimulatedExchange, office: Office, asked: Asked): Worked => {
  const { sealedFields } = exchange;
  if (sealedFields.length > 0 && asked.encrypted !== 'SM4-CBC')
    return { reply: failure(400, '4220', '校验不符：X-Encrypt 应为 SM4-CBC'), slowMs: 0, repeat: false };
  try {
    const parsed: unknown = JSON.parse(Buffer.from(asked.body).toString('utf8'));
    const opened = openSealed(parsed, sealedFields, office.link.sealKey);
    const plain = exchange.answer(opened, { world: office.world, now: office.clock(), key: asked.key });
    const answer =
      'refused' in plain
        ? plain
        : { ...plain, data: sealedTexts(plain.data, exchange.sealedAnswer ?? [], office.link.sealKey) };
    return { reply: replyOf(answer), slowMs: 'refused' in answer ? 0 : (answer.slowMs ?? 0), repeat: false };
  } catch (error) {
    return { reply: misfit(error), slowMs: 0, repeat: false };
  }
};

/**
 * The answer to a request; of an exchange that writes, the first answer again when the key was seen before, and 4091 when it was
 * seen with another body. What was misfit or asked for patience is not an answer yet. Source: domain 9.
 */
export const answerOnce = (exchange: SimulatedExchange, office: Office, asked: Asked): Worked => {
  if (exchange.effect === 'read') return work(exchange, office, asked);
  const { world } = office;
  const name = `${exchange.system} ${exchange.name} ${asked.key}`;
  const digest = sm3Hex(asked.body);
  const first = world.get('firstAnswer', name);
  if (first && first.digest !== digest)
    return { reply: failure(409, '4091', '幂等冲突：同一幂等键的内容不同'), slowMs: 0, repeat: false };
  if (first) return { reply: { status: 200, body: JSON.parse(first.body) }, slowMs: 0, repeat: true };
  const worked = work(exchange, office, asked);
  const settled = worked.reply.status === 200 && worked.reply.body.retryable !== true;
  if (settled) world.put('firstAnswer', name, { digest, body: JSON.stringify(worked.reply.body) });
  return worked;
};
