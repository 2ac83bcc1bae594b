import type { FastifyInstance } from 'fastify';
import { type Outage, outageOf } from '#kernel/db/outage.ts';
import { Failure, type FailureBody } from './failure.ts';

/** What whoever is sent away reads, and after how many seconds to come back. Codes that every caller may meet. Source: tender T2.2. */
const outages: Readonly<Record<Outage, { readonly failure: Failure; readonly retryAfterSeconds: number }>> = {
  away: {
    failure: new Failure(503, 'AWAY', '系统暂时中断，正在自动恢复，请稍候几秒再试；已填写的内容不会丢失'),
    retryAfterSeconds: 3,
  },
  crowded: {
    failure: new Failure(503, 'BUSY', '现在办理的人较多，请稍候几秒再试；已填写的内容不会丢失'),
    retryAfterSeconds: 3,
  },
  'no-room': {
    failure: new Failure(
      503,
      'NO_ROOM',
      '系统的存储空间已满，暂时不能保存；已填写的内容不会丢失，请告知系统管理员腾出空间，之后再试',
    ),
    retryAfterSeconds: 30,
  },
};

/** The answer to one more than can be worked on at once. */
export const busy = outages.crowded;

/** Turns whatever was thrown into what the caller may see; unknown errors are logged and answered without their text. */
export const answerFailures = (server: FastifyInstance): void => {
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const outage = error instanceof Failure ? undefined : outageOf(error);
    const failure = error instanceof Failure ? error : outage ? outages[outage].failure : knownTransportFailure(error);
    if (outage) {
      request.log.warn({ err: error, traceId: request.id, outage }, 'could not be done for the time being');
      void reply.header('retry-after', outages[outage].retryAfterSeconds);
    } else if (failure?.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', failure.retryAfterSeconds);
    } else if (!failure) request.log.error({ err: error, traceId: request.id }, 'request failed');
    const body: FailureBody = {
      code: failure?.code ?? 'INTERNAL',
      message:
        failure?.message ?? `系统内部出错，没有完成，已记录（编号 ${request.id.slice(0, 8)}），请稍后再试或联系管理员`,
      problems: failure?.problems ?? [],
      ...(failure?.detail ? { detail: failure.detail } : {}),
      traceId: request.id,
    };
    return reply
      .status(failure?.status ?? 500)
      .header('cache-control', 'no-store')
      .send(body);
  });
};

const transportFailures: Readonly<Record<string, Failure>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: new Failure(400, 'MALFORMED', '请求内容不是有效的 JSON'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new Failure(400, 'MALFORMED', '请求内容为空'),
  FST_ERR_CTP_BODY_TOO_LARGE: new Failure(413, 'TOO_LARGE', '提交的内容太大'),
  FST_REQ_FILE_TOO_LARGE: new Failure(413, 'TOO_LARGE', '文件太大，请压缩到 15 MB 以内再上传'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Failure(415, 'MALFORMED', '不支持这种内容类型'),
  FST_ERR_VALIDATION: new Failure(400, 'MALFORMED', '请求内容不符合要求'),
};

const knownTransportFailure = (error: { statusCode?: number; code?: string }): Failure | undefined => {
  const known = error.code === undefined ? undefined : transportFailures[error.code];
  if (known) return known;
  if (error.statusCode === 429) return new Failure(429, 'TOO_MANY', '操作太频繁，请稍等片刻再试');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Failure(error.statusCode, 'MALFORMED', '请求不符合要求');
  }
  return undefined;
};
