import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const listWorkOrders = exchange({
  title: '企业投诉工单查询',
  source: tender(13, 56),
  direction: 'out',
  effect: 'read',
  request: z.object({
    reference: z.string().min(1).max(100),
    uscc: z.string().length(18),
    /** Accepted by the hotline on this day or later. */
    since: z.iso.date(),
  }),
  /**
   * Who complained, how they are reached and what they wrote is not taken over, and so not kept either: what is not named here is dropped when the
   * answer is read. Source: domain 4.7 (who complains is confidential).
   */
  response: z.object({
    orders: z
      .array(
        z.object({
          orderNo: z.string().trim().min(1).max(60),
          /** 咨询, 求助, 投诉, 举报, 建议 or 表扬. */
          appealType: z.string().min(1).max(20),
          category: maybe(z.string().max(1_000)),
          acceptedAt: wireInstant,
          resolveDeadline: maybe(wireInstant),
          /** `dispatched`, `signed` … `closed`; a word we do not know is kept as it came. */
          status: z.string().min(1).max(1_000),
          /** 属实, 部分属实 or 不属实, once it is known. */
          finding: maybe(z.string().max(1_000)),
        }),
      )
      .max(20_000),
    updatedAt: wireInstant,
  }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

/** The city's hotline 12345: which work orders there are about an enterprise. Source: tender R13, R56; domain 4.7, 9.4. */
export const hotline = connector({
  id: 'hotline',
  title: '12345 市民服务热线',
  source: assumption('官方报文不可得，字段与状态按领域手册 4.7、9.4 拟定'),
  exchanges: { 'list-work-orders': listWorkOrders },
});
