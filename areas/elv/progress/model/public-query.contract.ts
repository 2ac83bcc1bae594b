import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import { checkPlate, normalisePlate } from '#practices/vehicle/model/plate.ts';

const plateNo = z
  .string()
  .trim()
  .min(1, '请填写号牌号码')
  .max(20, '号牌号码过长')
  .superRefine((value, context) => {
    const verdict = checkPlate(value);
    if (!verdict.ok) context.addIssue({ code: 'custom', message: verdict.message });
  })
  .transform(normalisePlate);

const vinTail = z
  .string()
  .trim()
  .min(1, '请填写车辆识别代号的后几位')
  .max(20, '只填车辆识别代号的后几位')
  .transform(normaliseCode)
  .pipe(z.string().regex(/^[A-Z0-9]+$/, '车辆识别代号只含字母和数字'));

/** Where a vehicle stands, as anybody may see who knows its plate and the end of its VIN: stages and days, nobody's name. */
export const publicProgress = z.object({
  stages: z.array(
    z.object({
      title: z.string(),
      status: z.enum(['done', 'current', 'ahead', 'ended']),
      /** The day it was come to, in Shanghai. */
      on: z.iso.date().nullable(),
    }),
  ),
  /** What the present stage means, and what the owner may have to do. */
  note: z.string(),
});
/** See {@link publicProgress}. */
export type PublicProgress = z.output<typeof publicProgress>;

/**
 * What anybody may ask without an account. Both are posted: plate and VIN must not stand in addresses, which proxies write down. That there is no
 * such case, that the plate belongs to another VIN and that a draft was thrown away are one answer. Source: tender R14.
 */
export const publicQueryContract = {
  captcha: operation({
    id: 'elv.public-progress.captcha',
    title: '进度查询图形验证码',
    source: tender(14),
    method: 'POST',
    path: '/elv/public-progress/captcha',
    permission: 'public',
    input: z.object({}),
    output: z.object({
      ticket: z.string(),
      picture: z.string(),
      /** How many characters of the VIN, from its end, are asked for. */
      vinDigits: z.int(),
    }),
    errors: {},
    audit: 'none',
  }),
  find: operation({
    id: 'elv.public-progress.find',
    title: '公众查询报废进度',
    source: tender(14),
    method: 'POST',
    path: '/elv/public-progress',
    permission: 'public',
    input: z.object({
      plateNo,
      vinTail,
      captcha: z.object({
        ticket: z.string().min(1).max(4_000),
        text: z.string().trim().min(1, '请输入图中字符').max(10),
      }),
    }),
    output: z.object({ progress: publicProgress.nullable() }),
    errors: {
      VIN_DIGITS: { status: 422, message: '车辆识别代号的位数不对' },
      CAPTCHA: { status: 403, message: '图中字符不对或已过时，请按新图片重新输入' },
      TOO_MANY: { status: 429, message: '查询次数过多，请一小时后再查，或向受理的回收企业询问' },
    },
    audit: 'partly',
  }),
};

/** How the public query is bounded; every one is a setting. Assumptions, to be confirmed by the owner. Source: tender R14. */
export interface PublicQueryRules {
  /** Characters of the VIN asked for: six digits are a million guesses. */
  readonly vinDigits: number;
  /** Queries from one address an hour, or one network of IPv6 addresses: a service hall shares one. */
  readonly perAddress: number;
  /** Queries for one plate an hour, from wherever: at ten an hour six digits take eleven years. */
  readonly perPlate: number;
}

/** The rules as shipped. */
export const usualQueryRules: PublicQueryRules = { vinDigits: 6, perAddress: 60, perPlate: 10 };
