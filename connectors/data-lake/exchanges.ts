import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireDate, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const getLegalPerson = exchange({
  title: '法人信息查询',
  source: tender(10, 49),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference: z.string().min(1).max(100), uscc: z.string().length(18) }),
  response: z.object({
    name: z.string().min(1).max(200),
    uscc: z.string().length(18),
    legalRep: maybe(z.string().max(100)),
    /** 存续, 吊销, 注销 or 迁出; a word we do not know is kept as it came, and never read as in business. */
    status: z.string().min(1).max(40),
    registeredAddr: maybe(z.string().max(300)),
    scope: maybe(z.string().max(4_000)),
    establishedOn: maybe(wireDate),
    /** The lake is filled once a day: this is how old the record may be. */
    updatedAt: wireInstant,
  }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

/** A sum in yuan with at most two places, as number or text; parsed to fen. */
const yuan = z
  .union([z.number(), z.string().trim()])
  .transform((value) => Number(value))
  .pipe(z.number().min(0).max(1e12))
  .transform((value) => Math.round(value * 100));

const listPenalties = exchange({
  title: '行政处罚查询',
  source: tender(13, 61),
  direction: 'out',
  effect: 'read',
  request: z.object({
    reference: z.string().min(1).max(100),
    uscc: z.string().length(18),
    /** Decided on this day or later. */
    since: z.iso.date(),
  }),
  response: z.object({
    penalties: z
      .array(
        z.object({
          penaltyNo: z.string().trim().min(1).max(80),
          department: z.string().min(1).max(100),
          decisionDate: wireDate,
          basis: maybe(z.string().max(500)),
          content: z.string().min(1).max(2_000),
          amount: maybe(yuan),
          publicUntil: maybe(wireDate),
        }),
      )
      .max(500),
    updatedAt: wireInstant,
  }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

/** The city's data lake: what the company register says of an enterprise and which penalties it has, a day old at most. Source: tender R13, R49, R61; domain 9.3. */
export const dataLake = connector({
  id: 'data-lake',
  title: '大数据中心-数据湖',
  source: assumption('官方报文不可得，字段与错误码按领域手册 9.3 拟定'),
  exchanges: { 'get-legal-person': getLegalPerson, 'list-penalties': listPenalties },
});
